/** All families by name, in the order in which they are told, and the sets that have a name of their own. */

import { EngineError } from '#domain';
import { BINARY_MEASURES } from './binary-measures.ts';
import { COUNT_MEASURES } from './count-measures.ts';
import { GRADED_MEASURES } from './graded-measures.ts';
import { LATER_MEASURES } from './later-measures.ts';
import type { Bound, Family } from './measure.ts';
import { PREFERENCE_MEASURES } from './preference-measures.ts';

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

const COUNTS = 'runid num_q num_ret num_rel num_rel_ret';
const OFFICIAL = `${COUNTS} map gm_map Rprec bpref recip_rank iprec_at_recall P`;
const SETS = 'set_P set_relative_P set_recall set_map set_F';
const PREFS = 'prefs_num_prefs_poss prefs_num_prefs_ful prefs_num_prefs_ful_ret prefs_simp prefs_pair prefs_avgjg';
const ALL_PREFS = `${PREFS} prefs_avgjg_Rnonrel prefs_simp_ret prefs_pair_ret prefs_avgjg_ret prefs_avgjg_Rnonrel_ret
  prefs_simp_imp prefs_pair_imp prefs_avgjg_imp`;
const JUDGES = 'map_avgjg P_avgjg Rprec_mult_avgjg';
const LATER = 'err inst cwl judged';
const DIVERSE = 'alpha_ndcg err_ia';
const RANKED = 'relstring recall infAP gm_bpref Rprec_mult utility 11pt_avg binG G';

const ORDER = words(
  `${OFFICIAL} ${RANKED} dcg ideal_dcg ndcg ndcg_rel Rndcg ndcg_cut map_cut relative_P success ${SETS}
   num_nonrel_judged_ret ${ALL_PREFS} ${JUDGES} yaap rbp rbp_resid unj
   ${LATER} ${DIVERSE}`,
);

/** Sets of measures by name. */
export const MEASURE_SETS: Readonly<Record<string, readonly string[]>> = {
  official: words(OFFICIAL),
  set: words(`${COUNTS} utility ${SETS}`),
  all_trec: words(
    `${OFFICIAL} ${RANKED} ndcg ndcg_rel Rndcg ndcg_cut map_cut relative_P success ${SETS} num_nonrel_judged_ret
     rbp rbp_resid unj`,
  ),
  all_prefs: words(`runid num_q ${ALL_PREFS}`),
  prefs: words(`runid num_q ${PREFS}`),
  qrels_jg: words(`runid num_q ${JUDGES}`),
  later: words(`runid num_q ${LATER}`),
  diversity: words(`runid num_q ${DIVERSE}`),
};

const FAMILIES: ReadonlyMap<string, Family> = new Map(
  [...COUNT_MEASURES, ...BINARY_MEASURES, ...GRADED_MEASURES, ...PREFERENCE_MEASURES, ...LATER_MEASURES].map(
    (family) => [family.name, family],
  ),
);

/** Names of all families, in the order in which they are told. */
export const MEASURE_NAMES: readonly string[] = ORDER;

export interface SelectedMeasure {
  readonly family: Family;
  readonly bound: Bound;
}

/**
 * The measures of names such as `map`, `ndcg_cut.5,10` (parameters after the first point) or `all_trec`, each once, in
 * the order in which they are told. Parameters given once hold also for a measure that a set brings in.
 * @throws {EngineError} invalid_request.
 */
export const selectMeasures = (names: readonly string[]): SelectedMeasure[] => {
  const parameters = new Map<string, string>();
  const chosen = new Set<string>();
  for (const text of names) {
    const point = text.indexOf('.');
    const name = point === -1 ? text : text.slice(0, point);
    if (point !== -1) addParameters(parameters, name, text.slice(point + 1));
    for (const member of membersOf(name)) chosen.add(member);
  }
  return ORDER.filter((name) => chosen.has(name)).map((name) => {
    const family = FAMILIES.get(name)!;
    return { family, bound: family.bind(parameters.get(name)) };
  });
};

const membersOf = (name: string): readonly string[] => {
  if (Object.hasOwn(MEASURE_SETS, name)) return MEASURE_SETS[name]!;
  if (FAMILIES.has(name)) return [name];
  const known = [...Object.keys(MEASURE_SETS), ...ORDER].join(', ');
  throw new EngineError('invalid_request', `unknown measure "${name}": expected one of ${known}`);
};

const addParameters = (parameters: Map<string, string>, name: string, text: string): void => {
  if (text === '' || parameters.has(name) || Object.hasOwn(MEASURE_SETS, name)) {
    const problem = Object.hasOwn(MEASURE_SETS, name) ? 'is a set and takes no parameters' : 'takes parameters once';
    throw new EngineError('invalid_request', `measure ${name} ${problem}: "${name}.${text}"`);
  }
  parameters.set(name, text);
};
