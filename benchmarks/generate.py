"""Write a valid workspace of any size: `python benchmarks/generate.py FOLDER --plans 40 --tasks 60`.

The same arguments give the same bytes. A plan of 60 tasks has about 60 KB, texts of about 300 letters, 40 agencies, 20
indicators of three milestones, and schedules of every kind that occurs in the real plans.
"""

import argparse
import random
from pathlib import Path

WORDS = """
    tăng cường kiểm tra giám sát các cơ sở sản xuất kinh doanh có nguy cơ gây ô nhiễm môi trường nước không khí đất đai thu gom
    xử lý chất thải rắn sinh hoạt nguy hại tại khu công nghiệp cụm làng nghề đô thị nông thôn xây dựng hoàn thiện hệ thống quan
    trắc tự động liên tục truyền số liệu phục hồi hệ sinh thái rừng đặc dụng bảo tồn đa dạng sinh học ứng phó biến đổi khí hậu
    giảm phát thải nhà kính kinh tế tuần hoàn năng lượng tái tạo đào tạo nguồn nhân lực chuyển đổi số
""".split()  # noqa: SIM905 - a list of a hundred quoted words is worse to read
SCHEDULES = ("Thường xuyên, hằng năm", "2022 - 2025", "2023 - 2030", "Năm 2023", "Khi có yêu cầu", "đến hết năm 2026")
AGENCIES = 40
INDICATORS = 20
LINE = 110


def text(chance: random.Random, letters: int) -> str:
    """Return a sentence of about `letters` letters."""
    words: list[str] = []
    while sum(map(len, words)) + len(words) < letters:
        words.append(chance.choice(WORDS))
    sentence = " ".join(words)
    return f"{sentence[0].upper()}{sentence[1:]}."


def folded(words: str, indent: int) -> str:
    """Return the text as a folded block."""
    lines, line = [], ""
    for word in words.split():
        if line and len(line) + len(word) + indent >= LINE:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return "\n".join(" " * indent + part for part in [*lines, line])


def registry() -> str:
    """Return a registry of invented agencies."""
    lines = ["kehoach: registry/1", "province: mau", "name: Mẫu", "agencies:"]
    lines.append("  - {id: ubnd-tinh, name: UBND tỉnh Mẫu, kind: ubnd}")
    lines += [f"  - {{id: so-{number}, name: Sở Mẫu số {number}, kind: so}}" for number in range(1, AGENCIES + 1)]
    members = ", ".join(f"so-{number}" for number in range(1, AGENCIES + 1))
    lines.append("groups:")
    lines.append(f'  - {{id: nhom-so, name: "Các sở, ban, ngành", members: [{members}]}}')
    return "\n".join(lines) + "\n"


def plan(number: int, tasks: int) -> str:
    """Return one plan."""
    chance = random.Random(number)
    lines = [
        "kehoach: plan/1",
        f"id: kh-{number}",
        "province: mau",
        "document:",
        "  type: KH",
        f"  number: {number}/KH-UBND",
        "  date: 2022-01-10",
        "  issuer: ubnd-tinh",
        f"  title: {text(chance, 90)}",
        f"  cite: Kế hoạch số {number}/KH-UBND ngày 10/01/2022",
        "period: {from: 2022, to: 2030}",
        "coordinator: so-1",
        "reporting:",
        "  - {level: unit, from: [nhom-so], to: [so-1], due: trước ngày 15/12 hằng năm, source: I}",
        "sections:",
        "  - {id: I, title: NHIỆM VỤ}",
        "  - {id: PL1, title: CHỈ TIÊU}",
        "tasks:",
    ]
    for index in range(1, tasks + 1):
        lead, support = chance.sample(range(1, AGENCIES + 1), 2)
        lines += [
            f"  - id: I.{index}",
            "    kind: task",
            "    text: >-",
            folded(text(chance, 300), 6),
            f"    lead: [so-{lead}]",
            f"    support: [so-{support}, nhom-so]",
            "    as_issued:",
            f"      lead: Sở Mẫu số {lead}",
            f"      support: Sở Mẫu số {support}; các sở, ban, ngành",
            "      role: Đơn vị chủ trì",
            f'    schedule: "{chance.choice(SCHEDULES)}"',
            "    outputs: [Kế hoạch, báo cáo]",
        ]
    lines.append("indicators:")
    for index in range(1, INDICATORS + 1):
        start = chance.randint(10, 60)
        lines += [
            f"  - id: PL1.{index}",
            f"    name: Tỷ lệ {text(chance, 90)[:-1].lower()}",
            '    unit: "%"',
            f"    lead: [so-{chance.randint(1, AGENCIES)}]",
            "    direction: increase",
            f'    targets: {{2023: "{start}", 2025: "{start + 10},5", 2030: "≥{start + 30}"}}',
        ]
    return "\n".join(lines) + "\n"


def document(path: Path, tasks: int) -> None:
    """Write a signed plan in Word: its tasks in the table of an annex, their agencies those of the registry."""
    from docx import Document

    chance = random.Random(tasks)
    made = Document()
    head = ("Số: 900/KH-UBND", "Mẫu, ngày 10 tháng 01 năm 2022", "KẾ HOẠCH", text(chance, 90)[:-1])
    body = ("I. MỤC TIÊU", f"1. {text(chance, 200)}", "II. NHIỆM VỤ", f"1. {text(chance, 300)}", "Nơi nhận:")
    for line in (*head, *body, "PHỤ LỤC", "DANH MỤC NHIỆM VỤ"):
        made.add_paragraph(line)
    table = made.add_table(tasks + 1, 6)
    columns = ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian thực hiện", "Sản phẩm"]
    for number, row in enumerate(table.rows):
        lead, support = (f"Sở Mẫu số {one}" for one in chance.sample(range(1, AGENCIES + 1), 2))
        cells = [
            str(number),
            text(chance, 300),
            lead,
            f"{support}; các sở, ban, ngành",
            "2023 - 2030",
            "Kế hoạch; báo cáo",
        ]
        for cell, words in zip(row.cells, cells if number else columns, strict=True):
            cell.text = words
    made.save(str(path))


def generate(folder: Path, plans: int, tasks: int) -> None:
    """Write the workspace."""
    (folder / "plans" / "agencies").mkdir(parents=True, exist_ok=True)
    (folder / "plans" / "agencies" / "mau.yaml").write_text(registry(), encoding="utf-8")
    for number in range(1, plans + 1):
        (folder / "plans" / f"kh-{number:05d}.yaml").write_text(plan(number, tasks), encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--plans", type=int, default=40)
    parser.add_argument("--tasks", type=int, default=60)
    given = parser.parse_args()
    generate(given.folder, given.plans, given.tasks)
