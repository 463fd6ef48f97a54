-- Mỗi cơ quan đang chủ trì bao nhiêu nhiệm vụ quá hạn, chậm nhất bao nhiêu ngày
SELECT g.name AS agency_name, count(*) AS overdue, count(*) FILTER (t.timeliness = 'unreported') AS unreported,
  max(t.days_late) AS most_days_late
FROM tasks t
JOIN assignments a ON a.province = t.province AND a.ref = t.ref AND a.leads_now
JOIN agencies g ON g.province = a.agency_province AND g.agency = a.agency
WHERE t.overdue
GROUP BY g.province, g.agency, g.name
ORDER BY overdue DESC, g.name
