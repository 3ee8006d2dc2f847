"""PDF to paragraphs: lines put together over columns and pages."""
