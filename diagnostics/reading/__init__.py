"""Reading: a text goes in, judged sentences come out. The reader is swapped here and nowhere else."""

from diagnostics.reading.judgement import Judgement, Reading
from diagnostics.reading.reader import READER_VERSION, read, read_what_matters

__all__ = ["READER_VERSION", "Judgement", "Reading", "read", "read_what_matters"]
