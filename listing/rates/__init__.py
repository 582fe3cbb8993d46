"""What currencies cost each other on a day: reference rates and their sources. Whoever converts names the rate."""
