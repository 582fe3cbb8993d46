"""What programs may ask for under /api/v1: views for keys, and the OpenAPI document made from them."""
