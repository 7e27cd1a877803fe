from importlib import import_module

Migration = import_module("baomi.registers.custody.migrations.0001_initial").Migration
