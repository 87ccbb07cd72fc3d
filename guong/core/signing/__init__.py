"""Signing without a database: request files go in, answers come out, keys stay with the signer.

`requests` is what the worker calls, `signer` what the signer runs, `rules` what it insists on,
`keys` reads keys, `ceremonies` changes them, `metadata` and `listing` are what is signed.
None of them imports Django.
"""
