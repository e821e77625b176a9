/** The endpoints of experiments, spread into the table of all. */

import { z } from 'zod';
import {
  armQuerySchema,
  armSchema,
  experimentAnalysisSchema,
  experimentEntrySchema,
  experimentPowerSchema,
  experimentsSchema,
} from './experiments.ts';

const id = z.string().min(1).max(200);
const experiment = z.object({ experiment: id });
const userArm = z.object({ user_id: id, experiment: id });

export const EXPERIMENT_ENDPOINTS = {
  experiments: {
    method: 'GET',
    path: '/v1/studio/experiments',
    role: 'admin',
    summary: 'All experiments, newest first.',
    response: experimentsSchema,
    status: 200,
  },
  experiment: {
    method: 'GET',
    path: '/v1/studio/experiments/:experiment',
    role: 'admin',
    summary: 'One experiment: its document and how it stands.',
    params: experiment,
    response: experimentEntrySchema,
    status: 200,
  },
  putExperiment: {
    method: 'PUT',
    path: '/v1/studio/experiments/:experiment',
    role: 'admin',
    summary: 'Plan an experiment: its document as YAML or JSON. What runs or ran cannot be changed.',
    params: experiment,
    body: { kind: 'file' },
    response: experimentEntrySchema,
    status: 200,
  },
  startExperiment: {
    method: 'POST',
    path: '/v1/studio/experiments/:experiment/start',
    role: 'admin',
    summary: 'Begin to hand out arms.',
    params: experiment,
    response: experimentEntrySchema,
    status: 200,
  },
  stopExperiment: {
    method: 'POST',
    path: '/v1/studio/experiments/:experiment/stop',
    role: 'admin',
    summary: 'Stop handing out arms, for good.',
    params: experiment,
    response: experimentEntrySchema,
    status: 200,
  },
  experimentPower: {
    method: 'GET',
    path: '/v1/studio/experiments/:experiment/power',
    role: 'admin',
    summary: 'What it will be able to see, from the variance in the warehouse.',
    params: experiment,
    response: experimentPowerSchema,
    status: 200,
  },
  experimentAnalysis: {
    method: 'GET',
    path: '/v1/studio/experiments/:experiment/analysis',
    role: 'admin',
    summary: 'What it found so far: checks, metrics, the decision in words.',
    params: experiment,
    response: experimentAnalysisSchema,
    status: 200,
  },
  arm: {
    method: 'GET',
    path: '/v1/users/:user_id/arms/:experiment',
    role: 'serve',
    summary: 'The arm of a listener in a running experiment. Nothing is logged.',
    params: userArm,
    query: armQuerySchema,
    response: armSchema,
    status: 200,
  },
  expose: {
    method: 'POST',
    path: '/v1/users/:user_id/arms/:experiment/exposure',
    role: 'serve',
    summary: 'The arm, and that the listener now meets it: logged once a unit, on disk when answered.',
    params: userArm,
    query: armQuerySchema,
    response: armSchema,
    status: 200,
  },
} as const;
