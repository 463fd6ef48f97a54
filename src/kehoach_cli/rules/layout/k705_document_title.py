"""K705: Quốc hiệu and tiêu ngữ, or the title of the Party. Found when a .docx is checked; no YAML can show it."""

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import Rule

RULE = Rule(
    code="K705",
    slug="document-title",
    severity=Severity.ERROR,
    title="Sai Quốc hiệu, Tiêu ngữ hoặc tiêu đề của Đảng",
    why="""
        Văn bản của cơ quan nhà nước có đúng một Quốc hiệu và Tiêu ngữ; văn bản của Đảng có đúng một tiêu đề "ĐẢNG CỘNG
        SẢN VIỆT NAM". Thiếu, lặp lại, viết sai chữ, hoặc có cả hai đều không đúng thể thức.

        Tiêu ngữ viết "Độc lập - Tự do - Hạnh phúc": dấu gạch nối ngắn, có dấu cách hai bên.
    """,
    bad="",
    good="",
    kind="docx",
)
