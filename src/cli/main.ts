#!/usr/bin/env node
import { runCli } from './program.ts';
import { machineTerminal } from './terminal.ts';

// Never process.exit: the embedded warehouse engine may still be closing, and a natural end waits for it.
process.exitCode = await runCli(process.argv.slice(2), machineTerminal());
