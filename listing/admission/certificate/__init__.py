"""The certificate of an admission: on paper in Chinese and English, and as a credential for programs."""
