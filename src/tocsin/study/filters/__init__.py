"""The filters that the fit is compared with: extended, iterated, unscented, and one in radar coordinates."""
