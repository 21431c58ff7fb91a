"""Written by Django; squashed into one until the first release (`tools/migrations.sh`)."""
