"""What follows the bodies at the beginning of a sentence: words that surely begin what they do, not another name."""

import re

from kehoach_cli.viet.text import in_both_tone_styles

WORK = in_both_tone_styles(
    "chủ trì|là (?:cơ quan|đơn vị|đầu mối)|làm đầu mối|phối hợp|cùng phối hợp|chịu trách nhiệm|có trách nhiệm|có nhiệm vụ"
    "|có văn bản|có kế hoạch|có giải pháp|căn cứ|theo chức năng|trên cơ sở|trong phạm vi|theo phạm vi|tham mưu"
    r"|(?<!dự án đầu tư )xây dựng(?! số \d|[,;]\s+(?:sở|ban|công an|trung tâm|ubnd)\b)"
    r"|tổ chức(?!,? (?:và )?cá nhân| đảng\b| chính trị| xã hội| đoàn thể| tôn giáo| quốc tế| phi chính phủ| kinh tế| tín dụng)"
    "|triển khai|thực hiện"
    "|tiếp tục|tăng cường|đẩy mạnh|hướng dẫn|kiểm tra|kiểm soát|theo dõi|đôn đốc|rà soát|chỉ đạo|chủ động|nghiên cứu"
    "|đề xuất|kiến nghị|bố trí|cân đối|tổng hợp|báo cáo|thẩm định|trình|ban hành|phê duyệt|cụ thể hóa|lồng ghép|quán triệt"
    "|tuyên truyền|phổ biến|vận động|khuyến khích|huy động|bảo đảm|đảm bảo|cung cấp|cập nhật|công bố|công khai|giám sát"
    "|đánh giá(?! cao)|kịp thời|thường xuyên|định kỳ|hằng năm|hàng năm|khẩn trương|nâng cao|phát huy|phát triển|duy trì"
    "|quản lý(?! nhà nước| chuyên ngành)"
    "|xử lý|giải quyết|hoàn thiện|hoàn thành|hỗ trợ|đưa|lập|gửi|tham gia|trực tiếp|tích cực|nghiêm túc|phát động|thành lập"
    "|sử dụng|khai thác|ứng dụng|xem xét|quy định|điều chỉnh|bổ sung|sửa đổi|thu thập|thống kê|giao|tiếp nhận|vận hành"
    "|kết nối|khảo sát|tạo|thu hút|đầu tư|mở rộng|nhân rộng|đổi mới|giúp|xác định|xác minh|phân công|phân bổ|phân tích"
    "|phát hiện|ngăn chặn|phòng ngừa|đấu tranh|điều tra|truy tố|tập trung|tập huấn|đào tạo|bồi dưỡng|lãnh đạo|quan tâm"
    "|khắc phục|thanh tra|kiểm kê|kiện toàn|sắp xếp|củng cố|tư vấn|giới thiệu|hợp tác|xúc tiến|chuẩn bị|cử|mở|đăng"
    "|đăng tải|đề nghị|yêu cầu|chấp hành|áp dụng|thông báo|thông qua|ưu tiên|chú trọng|kêu gọi|trồng|thu gom|cải tạo"
    "|cải thiện|rút ngắn|đơn giản hóa|số hóa|chia sẻ|bàn giao|lắp đặt|trang bị|mua sắm|in ấn|phát sóng|biểu dương|tôn vinh"
    "|động viên|khen thưởng|chấn chỉnh|không|phải|cần|được|sớm|hoạt động|phân cấp|đảm nhiệm|đảm nhận|kết hợp|liên kết"
    "|quy hoạch|cải cách|đồng bộ|nghiên|đối chiếu|tổng kết|sơ kết|ký|niêm yết|lấy ý kiến|tiến hành|bám sát|dự báo|cảnh báo"
    "|theo thẩm quyền|theo nhiệm vụ|theo quy định|theo dõi"
)
VERB = re.compile(rf"(?:{WORK})(?!\w)", re.IGNORECASE)
# What else a sentence may begin with that says what to do: behind names these words could belong to another name.
_ALSO_WORK = in_both_tone_styles(
    "xây dựng|thúc đẩy|tận dụng|tranh thủ|hình thành|phấn đấu|phòng,? (?:chống|ngừa)|bảo vệ|bảo tồn|tôn tạo|giữ gìn"
    "|phục hồi|khôi phục|nâng cấp|chuyển (?:đổi|giao|dịch)|hiện đại hóa|chuẩn hóa|đa dạng hóa|xã hội hóa|tối ưu hóa"
    "|truyền thông|lựa chọn|tuyển (?:chọn|dụng|sinh)|biên soạn|thiết (?:lập|kế)|tích hợp|nạo vét|khơi (?:thông|dậy)|di dời"
    "|giải phóng|chăm (?:lo|sóc)|nắm (?:chắc|bắt|tình hình)|làm (?:tốt|rõ|việc)|hạn chế|giảm(?! nghèo)|tăng(?! trưởng)"
    "|đẩy (?:nhanh|lùi)|xóa bỏ|loại bỏ|siết chặt|thắt chặt|gắn (?:kết|với|trách)|kết nạp|luân chuyển|trao|tặng|phát (?:hành|động)"
    "|công nhận|vinh danh|nhập|rà|dành|khai trương|khởi công|nghiệm thu|quyết toán|giải ngân|thu hồi|cấp (?:phép|phát|giấy|đổi)"
    "|đo đạc|phân loại|tái chế|tiết kiệm|chống|ngăn|bãi bỏ|thay thế|lưu trữ|thí điểm|tính toán|biên tập"
    r"|học tập|tập luyện|diễn tập|trực|ứng phó|cứu trợ|tiêm|khám|điều trị|cách ly|nuôi|nhân giống|tưới|bón|gieo"
    r"|tái cơ cấu|kiên (?:trì|quyết)|quyết liệt|nhanh chóng"
    r"|khoanh|giao lưu|mời|tuần tra|truy quét|bảo hành|duy tu|sửa chữa|xin|trả|nộp|họp"
)
BEGINS_WITH_WORK = re.compile(rf"(?:{WORK}|{_ALSO_WORK})(?!\w)", re.IGNORECASE)
# A sentence goes on so behind the last name of a list.
ENDS_LIST = re.compile(
    rf"\s*(?:[.:/(]|$|[,;]?\s*(?:(?:cũng|cần|phải|sẽ|đã|đang|tự|cùng|để|khi|nhằm|trong việc|trong)\s+)?(?:{WORK})(?!\w)"
    r"|\s+(?:để|khi|nhằm|trong|tại|về|theo|từ|qua|bằng|ở|trên|đến)\s)",
    re.IGNORECASE,
)
# How a sentence begins that gives work to somebody: a body, or words for bodies.
BODY = in_both_tone_styles(
    r"(?:sở(?! hữu)|ban(?! hành)|chi cục|(?:tổng )?cục|cảng vụ|công đoàn"
    r"|trung tâm|văn phòng|ủy ban|ubnd|hđnd|hội đồng|hội(?! nghị| thảo| họp|\s+viên)"
    r"|công an|bộ(?! phận| máy| chỉ số| tiêu chí| thủ tục| đội)|chính phủ(?! (?:điện tử|số))|đảng ủy|cấp ủy|các cấp"
    r"|các (?:sở|ban|bộ|bệnh viện|trung tâm|cơ quan|đơn vị|đội(?! ngũ)|phòng|doanh nghiệp"
    r"|tổ chức|trường|địa phương|ngành|xã|phường|quận|thị xã|tập đoàn|tổng công ty|công ty|hội|cơ sở|chủ"
    r"|đồng chí|thành viên|huyện|cấp|ngân hàng|báo|tỉnh|hãng|cảng)"
    r"|thủ trưởng|giám đốc|chủ tịch|trưởng|doanh nghiệp|trường(?! hợp)|viện|tổng công ty|công ty"
    r"|trung ương (?=mặt trận|đoàn|hội|đảng)|ngân hàng|báo(?! cáo| đảm)|đài|quỹ(?! đất)|liên đoàn"
    r"|liên minh|mặt trận|đoàn(?! kết)"
    r"|cơ sở (?:giáo dục|đào tạo|sản xuất|kinh doanh|y tế|khám chữa)"
    r"|khoa(?! học)|giảng viên|giáo viên|sinh viên|học sinh|nhà trường"
    r"|(?:mỗi|từng) (?:cơ quan|đơn vị|sở|ban|ngành|địa phương|xã|phường|cán bộ)"
    r"|đội(?! ngũ)|tổ (?:công tác|liên ngành|giúp việc|kiểm tra|thanh tra|công nghệ số|thẩm định|chuyên gia|tư vấn|dân phố)"
    r"|lãnh đạo|người đứng đầu|bảo hiểm|kho bạc|thuế|hải quan|tòa án|viện kiểm sát"
    r"|thanh tra|cơ quan|đơn vị|địa phương|chính quyền|phòng(?!,? chống|,? ngừa| cháy|,? trừ)|bệnh viện|vnpt|viettel"
    r"|điện lực|tập đoàn|(?:chủ|nhà) đầu tư|nhà thầu|chánh (?:văn phòng|án|thanh tra)"
    r"|phó (?:giám đốc|chủ tịch|trưởng|chánh|tổng|hiệu)|tổng biên tập"
    r"|chỉ huy|tư lệnh|bí thư|phó bí thư|(?:mời )?đại diện|đồng chí|các ông|hiệu trưởng"
    r"|(?:phó )?thủ tướng|bộ trưởng|thống đốc|(?-i:Vụ\s+(?!Đông|Xuân|Mùa|Hè|Thu)(?=[A-ZĐ]))\w+"
    r"|(?:tỉnh|thành phố)\s+(?-i:(?=[A-ZĐ]))\w+)\b"
)
BEGINS_WITH_BODY = re.compile(
    rf"^(?:(?:đối với|về phía|giao|phân công|đề nghị|yêu cầu)\s+)?(?:cho\s+)?{BODY}", re.IGNORECASE
)
