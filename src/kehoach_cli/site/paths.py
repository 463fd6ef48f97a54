"""The names of the pages: ASCII, lower case, made of the ids of plans, rows and bodies."""

from kehoach_cli.core.model.agency import Agency

OVERVIEW, PLANS, BODIES, INDICATORS, SEARCH = "index.html", "ke-hoach.html", "co-quan.html", "chi-tieu.html", "tim.html"


def plan_path(plan_id: str) -> str:
    """Return the path of a plan's page."""
    return f"ke-hoach/{plan_id}.html"


def body_path(agency: Agency) -> str:
    """Return the path of a body's page."""
    return f"co-quan/{agency.province}/{agency.id}.html"


def task_path(plan_id: str, row_id: str) -> str:
    """Return the path of a task's page. No two ids of rows differ by capitals alone."""
    return f"nhiem-vu/{plan_id}/{row_id.lower()}.html"


def indicator_path(plan_id: str, row_id: str) -> str:
    """Return the path of an indicator's page."""
    return f"chi-tieu/{plan_id}/{row_id.lower()}.html"


def up_from(path: str) -> str:
    """Return the way from a page to the root of the site."""
    return "../" * path.count("/")


def part_path(path: str, part: int) -> str:
    """Return the path of a further part of a long page; no id holds two hyphens."""
    return path if part == 1 else f"{path.removesuffix('.html')}--{part}.html"
