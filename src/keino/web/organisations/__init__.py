"""Buyers, companies, ministries and the centre; people's dated roles in them."""
