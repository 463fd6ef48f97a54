"""Targets in words: states that someone judges reached or not, and dated events."""

import re

from kehoach_cli.core.notation.tokens import Cursor, Phrase, keys, words

# Words of a whole sentence, or of a duty: a state has none.
_SENTENCE = keys(
    "đã sẽ cần phải thì đang nên nhưng mà vẫn rất tôi ông bà anh chị em họ chúng là này đó ấy nhé ạ hãy ai đâu gì bị do vì"
    " chủ phối giao yêu đề chỉ"
)
_ALONE = words("""
    hoàn thành | cơ bản hoàn thành | đạt | có | đạt chuẩn | đạt yêu cầu | đạt kế hoạch | hoàn thành kế hoạch | không
    | đạt chuẩn nông thôn mới | đạt chuẩn quốc gia | hoàn thành nhiệm vụ | hoàn thành tốt nhiệm vụ | hoàn thành tốt
    | hoàn thành xuất sắc nhiệm vụ | tăng | giảm | tăng dần | giảm dần | ổn định | đảm bảo | bảo đảm | đáp ứng | đáp
    ứng yêu cầu | đảm bảo yêu cầu | bảo đảm yêu cầu | vượt kế hoạch | đạt và vượt kế hoạch | thực hiện | cải thiện |
    đi vào hoạt động | đưa vào sử dụng | đưa vào vận hành | đã hoàn thành | được phê duyệt | được ban hành | ban
    hành | được thành lập | được công nhận | đạt mục tiêu | hoàn thành mục tiêu | đồng bộ | triển khai | hoàn thành
    toàn bộ | hoàn thành dứt điểm | hoàn thành đúng tiến độ | đúng tiến độ | đúng thời hạn | giữ vững | thường xuyên
    | đầy đủ | kịp thời | duy trì | duy trì ổn định | giữ ổn định | tăng trưởng | tăng so với năm trước | giảm so
    với năm trước | giảm so với cùng kỳ | tăng so với cùng kỳ | năm sau cao hơn năm trước | tăng hằng năm | giảm
    hằng năm | giảm hàng năm | tăng hàng năm | giảm mạnh | tăng nhanh | giảm sâu
""")
_BEGINNINGS = words(
    """
    đạt chuẩn | được công nhận | cao hơn bình quân | thấp hơn bình quân | cao hơn mức | thấp hơn mức | bằng mức |
    tương đương | ngang bằng | ngang tầm | cao hơn trung bình | thấp hơn trung bình | bằng bình quân |
    bằng hoặc cao hơn | cao hơn cả nước | cao hơn năm trước | thấp hơn năm trước | cao hơn | thấp hơn |
    tối thiểu bằng | ít nhất bằng | không thấp hơn | trên mức | dưới mức | trên trung bình | dưới trung bình |
    thuộc nhóm | thuộc tốp | nằm trong nhóm | trong nhóm | nhóm khá | nhóm tốt | nhóm dẫn đầu | đứng đầu | dẫn đầu |
    tiên tiến | cơ bản hoàn thành | hoàn thành cơ bản | xếp loại | đạt loại | đạt mức | mức tốt | mức khá |
    mức trung bình | loại tốt | loại khá | loại a | hạng a | đạt hạng | đạt cấp độ | cấp độ | mức độ | đạt trình độ |
    đạt mức độ | tăng dần | giảm dần | duy trì ổn định | giữ ổn định | đạt danh hiệu | đạt tiêu chuẩn |
    đạt các tiêu chí | đáp ứng tiêu chuẩn | hiện đại, | đồng bộ, | văn minh,
    """
)
# Orders begin with the same words, so that only a short phrase is a state.
_ENDINGS = words(
    """
    chấm dứt | xóa bỏ | loại trừ | thanh toán dứt điểm | loại bỏ | khống chế | không xảy ra | không phát sinh |
    không để xảy ra | không để phát sinh | không làm phát sinh | không để
    """
)
_NONE_OF = words("không có | không còn")
_BAD_THINGS = words(
    """
    hộ nghèo | hộ tái nghèo | vụ | trường hợp | điểm nóng | tai nạn | cháy | ca | dịch | tội phạm | nhà tạm | án oan |
    hồ sơ | văn bản quá hạn | nợ | tái nghèo | ô nhiễm | khiếu kiện | đình công | tình trạng | người nghèo | hộ | xã |
    cơ sở | điểm | tử vong | người chết | bạo lực | tảo hôn | lao động trẻ em | tồn đọng | vi phạm | đơn thư
    """
)
_MOST_ENDING_WORDS = 8
_GRADES = words("tốt | khá | xuất sắc | rất tốt | trung bình khá | loại tốt | loại khá | đạt loại tốt | a | b | c")
_NOTHING = words("""
    không để xảy ra | không để phát sinh | không phát sinh | không xảy ra | không còn | không có | không để
""")
_MOST_WORDS = 24
# Figures that belong to a name: PM2.5, PTR0, CO2, công nghiệp 4.0, bằng “0”.
_LABEL = re.compile(r"[^\W\d_]+[0-9]+(?:[.,][0-9]+)*|công nghiệp [0-9]\.[0-9]|[“\"][0-9]+[”\"]", re.IGNORECASE)
_DATED = re.compile(r"(?P<what>.+)\s(?:trước|vào|đến|trong)\s+năm\s+[0-9]{4}", re.IGNORECASE)
_EVENTS = words("""
    loại bỏ | mục tiêu | trung hòa | kiểm soát | áp dụng | đạt | chấm dứt | xóa | hoàn thành | không còn | phát thải
    | cơ bản | đưa | ban hành | thành lập | trở thành | dừng | ngừng | thay thế | chuyển đổi | phủ | hình thành |
    được công nhận | vận hành | khánh thành | xây dựng xong | xây dựng hoàn thành | kết thúc | khởi công | phấn đấu
""")


def is_state(phrase: Phrase, *, graded: bool) -> bool:
    """Whether a phrase is a state in words; a grade alone ("tốt") is one only where the caller knows that it is a target."""
    cursor = Cursor(phrase)
    if not phrase.tokens or len(phrase.tokens) > _MOST_WORDS:
        return False
    if graded and cursor.skip(_GRADES) and cursor.done:
        return True
    cursor.at = 0
    cursor.take_words("phấn đấu")
    begun = cursor.at
    if cursor.skip(_ALONE) and cursor.done:
        return True
    cursor.at = begun
    short = len(phrase.tokens) - begun <= _MOST_ENDING_WORDS
    if _BEGINNINGS.find(phrase.tokens, begun) is None and not (short and _is_ending(cursor)):
        return False
    return _is_plain(phrase, begun)


def _is_ending(cursor: Cursor) -> bool:
    """Whether a phrase says that something bad ends or does not happen."""
    return cursor.skip(_ENDINGS) or (cursor.skip(_NONE_OF) and (cursor.done or cursor.skip(_BAD_THINGS)))


def _is_plain(phrase: Phrase, begun: int) -> bool:
    """Whether the words are no sentence and hold no number but the level of a scale ("Mức độ 3")."""
    for at in range(begun, len(phrase.tokens)):
        token = phrase.tokens[at]
        level = token.kind == "number" and phrase.tokens[at - 1].key in {"độ", "loại", "hạng", "cấp", "năm"}
        if token.kind == "number" and not level:
            return False
        if token.key in _SENTENCE or (token.kind == "sign" and token.key not in {",", "-", "/", "(", ")"}):
            return False
    return True


def is_nothing(phrase: Phrase) -> bool:
    """Whether a phrase asks that nothing of the kind happens: of something counted that is at most 0."""
    return _NOTHING.find(phrase.tokens, 0) is not None or [token.key for token in phrase.tokens] == ["không"]


def is_event(phrase: Phrase) -> bool:
    """Whether a phrase is a dated event: "loại bỏ nhiệt điện than trước năm 2040"."""
    found = _DATED.fullmatch(phrase.text)
    if found is None or _EVENTS.find(phrase.tokens, 0) is None or len(phrase.tokens) > _MOST_WORDS:
        return False
    if any(token.key in _SENTENCE or token.key == "," for token in phrase.tokens):
        return False
    named = len(found["what"].split()) > 2  # noqa: PLR2004 - "Mục tiêu đến năm 2030" is a heading
    return named and not re.search(r"[0-9]", _LABEL.sub("", found["what"]))
