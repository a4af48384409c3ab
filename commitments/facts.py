"""stub"""


def problem_of(kind, params):
    return ""
