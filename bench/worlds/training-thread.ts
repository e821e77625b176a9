/** Fits als on a synthetic matrix until it is ended: the load that a training puts beside a server. */

import { constants, setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { startKernelPool } from '#kernels';
import { createRng } from '#math';
import { fitAls } from '#models';
import { generateInteractions } from '#simulation';

if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
const { counts } = generateInteractions({ users: 20_000 });
const pool = startKernelPool({ isBackground: true });
parentPort?.postMessage('ready');
for (;;) await fitAls({ users: [], items: [], counts }, {}, createRng(1), pool);
