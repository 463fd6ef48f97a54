-- Nhiệm vụ đến hạn trong 30 ngày tới, tính từ ngày của bảng
SELECT t.ref, t.next_due, t.next_due - p.as_of AS days_left, a.agency, g.name AS agency_name, t.text
FROM tasks t
JOIN plans p USING (province, plan)
LEFT JOIN assignments a ON a.province = t.province AND a.ref = t.ref AND a.leads_now
LEFT JOIN agencies g ON g.province = a.agency_province AND g.agency = a.agency
WHERE t.next_due BETWEEN p.as_of AND p.as_of + 30
ORDER BY t.next_due, t.ref, a.agency_province, a.agency
