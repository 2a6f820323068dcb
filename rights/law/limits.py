"""How long each thing a person types may be, in characters, counted after it is cleaned and before it is masked."""

NAME = 200
EMAIL = 254  # the longest address mail can carry (RFC 5321)
ADDRESS = 500
# Four thousand emoji, percent-encoded as forms do, still fit in the 64 kB we take in one submission.
MESSAGE = 4000
# In the whole request, whatever they are about. Ten full ones in plain letters fit in one submission.
POINT = 1000
POINTS = 10
FILE_TO = 300
REPLY = 2000
FIRST_YEAR = 1950

# A masked identity number is longer than the number: what is stored may be this many times what was typed.
MASKED_GROWTH = 3

# What staff write of a case: a reason, a note. A question is read on a telephone.
REASON = 4000
QUESTION = 1000
