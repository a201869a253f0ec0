"""Several cases of one township played to a state, each with a document number of its own."""

from tests.suggestions.lives import PATHS, Life


def play_apart(life, state, number, reply=None):
    """Play a case to `state`; its reply has the document number 文府函〔2024〕<number>号. `reply`:
    what is drafted, where it is not the usual.
    """
    for name, who, fields in PATHS[state]:
        if name == "签发":
            fields = fields | {"data": fields["data"] | {"number": f"文府函〔2024〕{number}号"}}
        life.take(name, who, **(reply if reply and name == "拟稿" else fields))
    return life.case


class Many:
    """`many(state, count)` plays so many more cases; the cases come back."""

    def __init__(self, township, person):
        self.township, self.person, self.made = township, person, 0

    def __call__(self, state, count):
        return [play_apart(self.life(), state, self.made + 10) for _ in range(count)]

    def life(self):
        """One more case, not yet played."""
        self.made += 1
        return Life(self.township, self.person, f"未编号-{self.made + 10}")
