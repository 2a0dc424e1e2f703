// The guide is the catalogue of articles beside this file; a target needs a source file to be one.
