-- Mỗi cơ quan chủ trì, phối hợp bao nhiêu nhiệm vụ được nêu đích danh
SELECT g.name AS agency_name, count(DISTINCT a.ref) FILTER (a.role = 'lead') AS leads,
  count(DISTINCT a.ref) FILTER (a.role = 'support') AS supports
FROM assignments a
JOIN agencies g ON g.province = a.agency_province AND g.agency = a.agency
WHERE a.own AND NOT g.is_group
GROUP BY g.province, g.agency, g.name
ORDER BY leads DESC, supports DESC, g.name
