"""What is fetched: pages and feeds."""
