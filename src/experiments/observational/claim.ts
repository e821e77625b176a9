/** What may be said of an exposure that nobody assigned: association, or effect where an instrument allows it. */

import type { Estimate } from '#domain';
import {
  adjustedAssociation,
  aipw,
  type EValue,
  type ExposureData,
  eValue,
  instrumentEffect,
  type LevelOption,
  Moments,
  WEAK_F,
} from '#stats';

export interface ClaimData extends ExposureData {
  /** An encouragement given at random that works only through the exposure. */
  readonly instrument?: ArrayLike<number>;
  /** An outcome that the exposure cannot touch, e.g. one from before it. */
  readonly negativeControl?: ArrayLike<number>;
}

export interface Claim {
  /** `not_causal`, unless an instrument is there and strong. */
  readonly status: 'not_causal' | 'causal_if_instrument_holds';
  /** Nothing adjusted for. */
  readonly plain: Estimate;
  /** Given the covariates, by least squares. */
  readonly adjusted: Estimate;
  /** Given the covariates, by AIPW; null unless the exposure is 0 or 1. */
  readonly weighted: Estimate | null;
  /** By the instrument; null without one. */
  readonly instrument: { readonly effect: Estimate; readonly firstStageF: number | null } | null;
  /** Of the adjusted association. */
  readonly eValue: EValue | null;
  /** The adjusted association with the outcome it cannot touch; null without one. */
  readonly negativeControl: Estimate | null;
  /** What may be said, in words. */
  readonly says: string;
}

/** Estimates an exposure by every way the data allow and says which of them may be called an effect. */
export const examineClaim = (data: ClaimData, options: LevelOption = {}): Claim => {
  const none = { values: [], p: 0 };
  const adjusted = adjustedAssociation(data, options);
  const binary = Array.from(data.exposure).every((value) => value === 0 || value === 1);
  const instrument = data.instrument === undefined ? null : instrumentEffect(data, data.instrument, options);
  const negativeControl =
    data.negativeControl === undefined
      ? null
      : adjustedAssociation({ ...data, outcome: data.negativeControl }, options);
  const status = instrument?.effect.ok ? 'causal_if_instrument_holds' : 'not_causal';
  return {
    status,
    plain: adjustedAssociation({ ...data, covariates: none }, options),
    adjusted,
    weighted: binary ? aipw(data, options) : null,
    instrument,
    eValue: eValue(adjusted, Math.sqrt(Moments.of(Array.from(data.outcome)).variance)) ?? null,
    negativeControl,
    says: [sayStatus(instrument), sayControl(negativeControl)].filter((text) => text !== '').join(' '),
  };
};

const sayStatus = (instrument: Claim['instrument']): string => {
  if (instrument === null) {
    return 'Not causal: nobody assigned the exposure and no instrument moved it. What is told is an association among people of equal covariates.';
  }
  const { effect, firstStageF } = instrument;
  if (!effect.ok) {
    const why =
      effect.reason === 'weak_instrument'
        ? `the instrument hardly moves the exposure (F = ${firstStageF?.toFixed(1)}, expected at least ${WEAK_F})`
        : effect.reason.replaceAll('_', ' ');
    return `Not causal: ${why}. What is told is an association among people of equal covariates.`;
  }
  const moves = effect.interval.lower * effect.interval.upper > 0 ? 'An effect' : 'No effect is shown';
  return `${moves} by the instrument, on those whom it moved, if it was given at random and works only through the exposure.`;
};

const sayControl = (control: Estimate | null): string => {
  if (!control?.ok) return '';
  return control.interval.lower * control.interval.upper > 0
    ? 'The negative control is not clean: the exposure goes with an outcome that it cannot touch, so the covariates leave confounding.'
    : 'The negative control is clean, which does not prove that there is no confounding.';
};
