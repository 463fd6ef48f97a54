-- Số liệu của từng chỉ tiêu qua các năm, bên cạnh mục tiêu của năm
SELECT r.ref, r.year, t.text AS target, r.value_text, r.value, r.unit, r.verdict_text, r.change_text
FROM results r
LEFT JOIN (SELECT DISTINCT province, ref, year, text FROM targets WHERE NOT baseline AND period IS NULL) t
  USING (province, ref, year)
WHERE r.kind = 'indicator' AND r.scope IS NULL AND r.reported AND r.period = r.year::VARCHAR
ORDER BY r.ref, r.year, r.row_no
