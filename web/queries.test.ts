import { describe, expect, it } from 'vitest';
import type { Status } from '#api';
import { ProblemError, unreachable } from './problem.ts';
import { isBare, isBusy, shouldRetry } from './queries.ts';

const status = (part: Partial<Status>): Status => ({
  data: 'empty',
  playground: 'absent',
  playground_progress: null,
  training: 'idle',
  training_progress: null,
  default_user: null,
  needs_key: false,
  version: '0',
  ...part,
});

describe('the state of the engine', () => {
  it('is bare until somebody is here', () => {
    expect(isBare(status({}))).toBe(true);
    expect(isBare(status({ data: 'playground', playground: 'making' }))).toBe(true);
    expect(isBare(status({ data: 'playground', playground: 'present', default_user: 'p-1' }))).toBe(false);
    expect(isBare(status({ data: 'live', default_user: 'me' }))).toBe(false);
  });

  it('is asked again while work is under way', () => {
    expect(isBusy(status({}))).toBe(false);
    expect(isBusy(status({ training: 'running' }))).toBe(true);
    expect(isBusy(status({ playground: 'making' }))).toBe(true);
  });
});

describe('a failed question', () => {
  const failure = (code: number) => new ProblemError({ ...unreachable(), status: code });

  it('is asked again only while that may help', () => {
    expect(shouldRetry(0, new ProblemError(unreachable()))).toBe(true);
    expect(shouldRetry(1, failure(503))).toBe(true);
    expect(shouldRetry(2, failure(503))).toBe(false);
    expect(shouldRetry(0, failure(404))).toBe(false);
  });
});
