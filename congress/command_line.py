"""Commands whose wrong arguments are told in Chinese, where argparse would answer in English."""

import re

from django.core.management.base import BaseCommand, CommandError

# What argparse says → what is said instead.
SAYINGS = (
    (re.compile(r"the following arguments are required: (.+)"), "还缺 {}"),
    (re.compile(r"unrecognized arguments: (.+)"), "没有 {} 这样的参数"),
    (re.compile(r"argument (\S+): expected .+"), "{} 后面要写内容"),
    (re.compile(r"argument (\S+): ignored explicit argument .+"), "{} 后面不写内容"),
)


class ChineseCommand(BaseCommand):
    """What is missing or wrong stands in Chinese on stderr, and the exit code is not 0."""

    def create_parser(self, prog_name, subcommand, **options):
        parser = super().create_parser(prog_name, subcommand, **options)
        parser.error = lambda message: self._refuse(parser, message)
        return parser

    def _refuse(self, parser, message):
        told = next((to.format(*m.groups()) for f, to in SAYINGS if (m := f.match(message))), "")
        text = f"{told or '命令写得不对'}，用法见 --help"
        if not self._called_from_command_line:
            raise CommandError(text)
        parser.exit(2, f"CommandError: {text}\n")
