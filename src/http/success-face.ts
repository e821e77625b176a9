/** What the HTTP face asks about success. */

import type { EpochMs } from '#domain';
import type { OutcomeSummary, SuccessEngine } from '#jobs';
import type { Comparison, Definition, Finding, Reason, Unit, UnitOutcome, WorkedExample } from '#success';
import type { WatchRequest } from './watch-request.ts';

export interface KnownDefinition {
  readonly definition: Definition;
  readonly origin: 'shipped' | 'own';
  readonly decides: boolean;
}

export interface SuccessMapAnswer {
  readonly definitions: readonly KnownDefinition[];
  readonly cells: readonly {
    readonly surface: string;
    readonly intent: string;
    readonly device: string;
    readonly definitions: readonly string[];
  }[];
  readonly ties: readonly string[];
}

export interface DefinitionAnswer extends KnownDefinition {
  readonly versions: readonly number[];
  readonly examples: readonly WorkedExample[];
  readonly sql: string;
}

export interface RangeRequest extends WatchRequest {
  /** The last 28 days when left out. */
  readonly from: EpochMs | undefined;
  readonly to: EpochMs | undefined;
  readonly listeners: number;
  readonly userId: string | undefined;
}

export interface OutcomesRequest extends RangeRequest {
  readonly name: string;
  readonly engine: SuccessEngine;
  /** Units told, the newest. */
  readonly limit: number;
  /** The limit is of achieved, failed, unknown and immature ones each. */
  readonly eachLabel: boolean;
  readonly timeline: boolean;
}

export interface OutcomesAnswer {
  readonly definition: Definition;
  readonly engine: SuccessEngine;
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly summary: OutcomeSummary;
  readonly perDay: readonly { readonly day: string; readonly summary: OutcomeSummary }[];
  readonly units: readonly {
    readonly unit: Unit;
    readonly outcome: UnitOutcome;
    readonly reasons: readonly Reason[];
  }[];
  readonly timeline: boolean;
  readonly sql: string;
}

export interface DefinitionCheck {
  readonly findings: readonly Finding[];
  /** Null where there are errors. */
  readonly known: KnownDefinition | null;
}

export interface PreviewRequest extends RangeRequest {
  readonly text: string;
  readonly against: string;
}

export interface PreviewAnswer {
  readonly before: Definition;
  readonly after: Definition;
  readonly comparison: Comparison;
}

/** Definitions, shipped and own, and what they say of the units in the warehouse. */
export interface SuccessFace {
  map(): Promise<SuccessMapAnswer>;
  /** By name (its newest version) or name@version. @throws {EngineError} not_found */
  page(name: string): DefinitionAnswer;
  /** @throws {EngineError} not_found, invalid_request */
  outcomes(request: OutcomesRequest): Promise<OutcomesAnswer>;
  /** By itself and beside the definitions that are there. */
  check(text: string): Promise<DefinitionCheck>;
  /** @throws {EngineError} invalid_data when the text has errors, not_found, invalid_request */
  preview(request: PreviewRequest): Promise<PreviewAnswer>;
  /** Keeps a new version. @throws {EngineError} invalid_data, conflict when the version is there */
  save(text: string): Promise<KnownDefinition>;
}
