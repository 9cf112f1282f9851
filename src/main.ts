#!/usr/bin/env node
// Prepares the process, then loads the command line.
import { pauseOptimizer } from './cli/optimizer.ts';

if (process.argv[2] === 'emulator') pauseOptimizer();
await import('./cli/program.ts');
