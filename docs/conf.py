"""How the documentation is built: Sphinx with MyST pages and the Furo theme, without any network."""

from keino import __version__

project = "keino"
author = "The keino project"
copyright = "The keino project, texts under CC BY 4.0"
release = __version__

extensions = ["myst_parser"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

exclude_patterns = ["_build", "decisions/template.md"]
nitpicky = True

html_theme = "furo"
html_title = "keino"
html_show_sphinx = False
html_copy_source = False
