/** What went wrong, as every page shows it: an answer of the server, or why there was none. */

import { type Problem, problemSchema } from '#api';

/** `status` and `requestId` are null when no answer of the server came. */
export interface ClientProblem {
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly remedy: string;
  readonly status: number | null;
  readonly requestId: string | null;
  readonly fields: readonly { readonly field: string; readonly reason: string }[];
}

export class ProblemError extends Error {
  readonly problem: ClientProblem;

  constructor(problem: ClientProblem, options?: ErrorOptions) {
    super(`${problem.title}: ${problem.detail}`, options);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

/** The server's problem+json; an answer of another form (a proxy's page) is told as what it is. */
export const problemOf = (status: number, body: unknown): ClientProblem => {
  const parsed = problemSchema.safeParse(body);
  return parsed.success ? fromWire(parsed.data) : unreadable(status);
};

const fromWire = (problem: Problem): ClientProblem => ({
  code: problem.code,
  title: problem.title,
  detail: problem.detail,
  remedy: problem.remedy,
  status: problem.status,
  requestId: problem.request_id,
  fields: problem.errors,
});

const local = (code: string, title: string, detail: string, remedy: string, status: number | null): ClientProblem => ({
  code,
  title,
  detail,
  remedy,
  status,
  requestId: null,
  fields: [],
});

const unreadable = (status: number) =>
  local(
    'unreadable_answer',
    'The answer cannot be read',
    `Something answered with status ${status}, but not in the way Ritornello does.`,
    'Check that no proxy stands in between, then try again.',
    status,
  );

export const unreachable = (): ClientProblem =>
  local(
    'unreachable',
    'Ritornello does not answer',
    'The server could not be reached.',
    'Check that it is running, then try again.',
    null,
  );

/** `detail` names the fields that broke the contract. */
export const brokenContract = (endpoint: string, detail: string, status: number): ClientProblem =>
  local(
    'broken_contract',
    'The answer is not what was agreed',
    `${endpoint}: ${detail}`,
    'Page and server may be of different versions: load the page again.',
    status,
  );

/** Any thrown thing as a problem; a fault of the page itself is told as such. */
export const toProblem = (error: unknown): ClientProblem =>
  error instanceof ProblemError
    ? error.problem
    : local(
        'page_fault',
        'This page has a fault',
        error instanceof Error ? error.message : String(error),
        'Load the page again; if it stays, please report it.',
        null,
      );

const KEY_CODES: readonly string[] = ['missing_key', 'unknown_key'];

export const asksForKey = (problem: ClientProblem): boolean => KEY_CODES.includes(problem.code);
