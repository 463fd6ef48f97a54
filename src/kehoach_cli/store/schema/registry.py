"""Registry files (`kehoach: registry/1`)."""

from typing import Annotated

from pydantic import BeforeValidator, Field

from kehoach_cli.store.schema.base import FileModel, Flag, IsoDate, Slug, Text, one_of

AGENCY_KINDS = {
    "so": "sở",
    "co-quan-ngang-so": "cơ quan ngang sở",
    "ban": "ban",
    "nganh-doc": "cơ quan ngành dọc",
    "thuoc-so": "cơ quan thuộc sở",
    "su-nghiep": "đơn vị sự nghiệp",
    "quy": "quỹ",
    "bo": "bộ, cơ quan ngang bộ",
    "dang": "cơ quan Đảng",
    "mttq": "Mặt trận Tổ quốc",
    "doan-the": "đoàn thể",
    "hiep-hoi": "hiệp hội",
    "ubnd": "Ủy ban nhân dân",
    "hdnd": "Hội đồng nhân dân",
    "trung-uong": "cơ quan Trung ương",
    "ngoai-tinh": "cơ quan ngoài tỉnh",
    "khac": "khác",
}


class ValidEntry(FileModel):
    """The days a body existed, as far as known."""

    from_: IsoDate | None = Field(default=None, alias="from")
    to: IsoDate | None = None


class SuccessorEntry(FileModel):
    """An heir of a body's duties."""

    id: Slug
    from_: IsoDate | None = Field(default=None, alias="from")
    role: Annotated[str, BeforeValidator(one_of({"lead": "chủ trì", "support": "phối hợp"}))] | None = None
    scope: Text | None = None
    basis: Text | None = None
    certain: Flag = True


class AgencyEntry(FileModel):
    """A body."""

    id: Slug
    name: Text
    kind: Annotated[str, BeforeValidator(one_of(AGENCY_KINDS))]
    short: list[Text] = []
    also: list[Text] = []
    symbol: Text | None = None
    parent: Slug | None = None
    valid: ValidEntry | None = None
    successors: list[SuccessorEntry] = []
    certain: Flag = True
    note: Text | None = None


class GroupEntry(FileModel):
    """A group of bodies; an open one has no list of members."""

    id: Slug
    name: Text
    short: list[Text] = []
    also: list[Text] = []
    open: Flag = False
    limited: Flag = False
    members: list[Slug] = []
    valid: ValidEntry | None = None
    successors: list[SuccessorEntry] = []
    certain: Flag = True
    note: Text | None = None


class RegistryFile(FileModel):
    """A registry file."""

    kehoach: Annotated[str, BeforeValidator(one_of({"registry/1": "danh bạ cơ quan"}))]
    province: Slug
    name: Text
    agencies: list[AgencyEntry]
    groups: list[GroupEntry] = []
