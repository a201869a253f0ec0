"""What goes to a WeChat group by hand, and what comes back from it: WeChat has no door for us."""
