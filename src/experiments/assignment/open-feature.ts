/** The face that OpenFeature SDKs know: an experiment is a flag, its arm the variant. */

import { DEVICES, type ExperimentDocument, SURFACES } from '#domain';
import { type Assignment, type AssignmentContext, assign } from './assign.ts';

/** As much of OpenFeature's evaluation context as is read: `targetingKey` is the user. */
export interface FlagContext {
  readonly targetingKey?: string;
  readonly [attribute: string]: unknown;
}

export interface FlagResult<Value> {
  readonly value: Value;
  readonly variant?: string;
  readonly reason: string;
}

export interface ProviderOptions {
  /** Experiments that run now, by name. */
  readonly experiment: (name: string) => ExperimentDocument | undefined;
  /** Called when an arm has been handed out for use: the moment of exposure. */
  readonly exposed: (
    document: ExperimentDocument,
    assignment: Assignment & { readonly ok: true },
    context: AssignmentContext,
  ) => void;
  readonly now: () => number;
}

/** Thrown for the SDK, which answers its caller with the default and this code [OpenFeature specification, section 1.7]. */
class FlagError extends Error {
  readonly code: string;
  constructor(code: 'FLAG_NOT_FOUND' | 'TYPE_MISMATCH' | 'TARGETING_KEY_MISSING', message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * A provider for @openfeature/server-sdk. A string flag without a value is the arm's name, a boolean one whether the arm is
 * not the control; otherwise the arm's `value` must be of the type asked for. Units without an arm get the default.
 */
export const createFlagProvider = (options: ProviderOptions) => ({
  metadata: { name: 'ritornello' },
  runsOn: 'server' as const,
  resolveStringEvaluation: async (flag: string, fallback: string, context: FlagContext) =>
    resolve(options, flag, fallback, context, (value, arm) =>
      value === undefined ? arm : typeof value === 'string' ? value : undefined,
    ),
  resolveBooleanEvaluation: async (flag: string, fallback: boolean, context: FlagContext) =>
    resolve(options, flag, fallback, context, (value, arm, control) =>
      value === undefined ? arm !== control : typeof value === 'boolean' ? value : undefined,
    ),
  resolveNumberEvaluation: async (flag: string, fallback: number, context: FlagContext) =>
    resolve(options, flag, fallback, context, (value) => (typeof value === 'number' ? value : undefined)),
  resolveObjectEvaluation: async <Value>(flag: string, fallback: Value, context: FlagContext) =>
    resolve<Value>(options, flag, fallback, context, (value) =>
      typeof value === 'object' && value !== null ? (value as Value) : undefined,
    ),
});

const resolve = <Value>(
  options: ProviderOptions,
  flag: string,
  fallback: Value,
  flagContext: FlagContext,
  read: (value: unknown, arm: string, control: string) => Value | undefined,
): FlagResult<Value> => {
  const document = options.experiment(flag);
  if (document === undefined) throw new FlagError('FLAG_NOT_FOUND', `no experiment ${flag} is running`);
  const context = contextOf(flagContext, options.now());
  if (context === undefined) throw new FlagError('TARGETING_KEY_MISSING', 'the context has no targetingKey: the user');
  const assignment = assign(document, context);
  if (!assignment.ok) return { value: fallback, reason: 'DEFAULT' };
  const { arm } = assignment;
  const value = read(arm.value, arm.name, document.arms[0]!.name);
  if (value === undefined)
    throw new FlagError('TYPE_MISMATCH', `arm ${arm.name} of ${flag} has no value of the type asked for`);
  options.exposed(document, assignment, context);
  return { value, variant: arm.name, reason: 'SPLIT' };
};

const contextOf = (context: FlagContext, at: number): AssignmentContext | undefined => {
  const { targetingKey, session_id: sessionId } = context;
  if (targetingKey === undefined || targetingKey === '') return undefined;
  const attributes = Object.fromEntries(
    Object.entries(context).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
  const device = DEVICES.find((each) => each === context['device']);
  const surface = SURFACES.find((each) => each === context['surface']);
  return {
    userId: targetingKey,
    at,
    attributes,
    ...(typeof sessionId === 'string' && { sessionId }),
    ...(device && { device }),
    ...(surface && { surface }),
  };
};
