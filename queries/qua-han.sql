-- Nhiệm vụ quá hạn và cơ quan đang chủ trì
SELECT t.ref, t.deadline, t.days_late, t.timeliness, a.agency_province, a.agency, g.name AS agency_name
FROM tasks t
JOIN assignments a ON a.province = t.province AND a.ref = t.ref AND a.leads_now
JOIN agencies g ON g.province = a.agency_province AND g.agency = a.agency
WHERE t.overdue
ORDER BY t.ref, a.agency_province, a.agency
