"""Results for other programs: JSON, CSV, Markdown, SARIF, JUnit, annotations."""
