import { describe, expect, it } from 'vitest';
import { formatFinding, isError, type Rule } from '../source/finding.ts';
import { standardDefinitions } from '../standard/standard-definitions.ts';
import { checkDefinition, checkSet, tiesOfText } from './check.ts';
import { definitionText, unmarked } from './definition-texts.contract.ts';

type Bad = readonly [what: string, rule: Rule, changes: Readonly<Record<string, string | null>>, says?: RegExp];

/** Each marks in « » what is wrong: the finding must begin exactly there. */
const BAD: readonly Bad[] = [
  ['a let that does not exist', 'name', { failed: '«late_skip» >= 4' }, /did you mean late_skips/],
  ['a list that does not exist', 'name', { effort: '«playz».size()' }, /did you mean plays/],
  [
    'a field of a play misspelt',
    'name',
    { let: '\n  listened_ms: plays.map(p, p.«ms_playd»).sum()\n  late_touches: 0\n  late_skips: 0' },
    /did you mean ms_played/,
  ],
  [
    'a field of the unit misspelt',
    'name',
    { unknown: 'unit.«end_reasons» == "idle_timeout"' },
    /did you mean end_reason/,
  ],
  ['a function misspelt', 'name', { value: '«satturate»(listened_ms, minutes(30))' }, /did you mean saturate/],
  ['a method misspelt', 'name', { effort: 'actions.«sise»()' }, /did you mean size/],
  [
    'a let read before it stands',
    'name',
    { let: '\n  listened_ms: «late_skips» * 2\n  late_skips: plays.size()\n  late_touches: 0' },
  ],
  ['a variable out of its macro', 'name', { failed: 'plays.exists(p, p.skipped) && «p».at > 0' }],
  ['a member of later that is not', 'name', { failed: 'later.«play».size() > 3' }, /did you mean plays/],
  ['a variable that hides a list', 'name', { effort: 'actions.filter(«plays», plays.at > 1).size()' }],
  [
    'a let named like a function',
    'name',
    { let: '\n  «sum»: plays.size()\n  listened_ms: 1\n  late_touches: 1\n  late_skips: 1' },
  ],
  ['a number where a truth belongs', 'type', { failed: '«late_skips»' }, /must be true or false/],
  ['a truth where a number belongs', 'type', { value: '«late_skips > 2»' }, /must be a number/],
  ['a number added to a text', 'type', { value: 'listened_ms + «"a"»' }],
  ['a text compared with a number', 'type', { unknown: '«unit.end_reason == 3»' }],
  ['an order of texts', 'type', { unknown: '«unit.end_reason» > "a"' }],
  ['&& of a number', 'type', { failed: '«late_skips» && late_touches > 2' }],
  ['! of a number', 'type', { failed: "'late_touches > 1 && !«late_skips»'" }],
  ['an expression that YAML takes for a tag', 'yaml', { failed: '«!»late_skips' }, /quotes/],
  ['a list compared with a number', 'type', { failed: '«plays» > 3' }, /size/],
  ['a sum of truths', 'type', { value: '«plays.map(p, p.skipped)».sum()' }],
  ['a filter by a number', 'type', { effort: 'plays.filter(p, «p.ms_played»).size()' }],
  ['a field of a list', 'type', { value: 'plays.«ms_played»' }, /\.map/],
  ['a list indexed', 'type', { failed: '«plays[0]».skipped' }],
  ['too few arguments', 'type', { value: '«saturate(listened_ms)»' }, /takes 2 arguments/],
  ['sides of a choice that differ', 'type', { value: '\'late_skips > 3 ? 0.0 : «"none"»\'' }],
  ['null compared', 'type', { unknown: 'unit.end_reason == «null»' }, /has\(/],
  ['a mixed list', 'type', { unknown: "unit.end_reason in ['idle_timeout', «3»]" }],
  ['a division by zero', 'type', { value: 'listened_ms / «0»' }],
  [
    'an end reason that is not',
    'word',
    { unknown: "unit.end_reason in ['device_lots']".replace("'device_lots'", "«'device_lots'»") },
    /did you mean device_lost/,
  ],
  ['an action that is not', 'word', { effort: "actions.filter(a, a.action == «'lik'»).size()" }, /did you mean like/],
  ['an intent that is not', 'word', { value: "unit.intents[«'slepe'»]" }, /did you mean sleep/],
  ['a surface that is not', 'word', { for: '{ surface: «playlst», intent: sleep }' }, /did you mean playlist/],
  ['a unit that is not', 'word', { unit: '«sesion»' }, /did you mean session/],
  ['one equals sign', 'syntax', { failed: 'late_skips «=» 4' }, /==/],
  ['a bracket left open', 'syntax', { failed: '(late_skips >= 4«»' }],
  ['and in words', 'syntax', { failed: 'late_skips >= 4 «and» late_touches > 1' }, /&&/],
  ['a field misspelt', 'field', { '«achived»': 'late_skips < 2' }, /did you mean achieved/],
  ['a dimension that is not', 'field', { for: '{ «surfaces»: playlist }' }, /did you mean surface/],
  ['an empty clause', 'field', { failed: null, '«failed»': '' }, /is empty/],
  ['a name with capitals', 'field', { name: '«SleepTest»' }, /snake_case/],
  ['a version of words', 'version', { version: '«one»' }],
  ['a version that is no whole number', 'version', { version: '«1.5»' }],
  ['a horizon without a unit', 'duration', { horizon: '«14»' }, /14h/],
  ['a horizon of words', 'duration', { horizon: '«two days»' }],
  ['later plays past the horizon', 'horizon', { failed: 'later.plays.exists(p, p.at <= «hours(36)»)' }, /14h/],
  [
    'past the horizon from the end',
    'horizon',
    { failed: 'later.sessions.exists(s, s.at - unit.duration_ms < «days(2)»)' },
  ],
  ['days past the horizon', 'horizon', { failed: 'later.plays.exists(p, p.day >= «7»)' }],
  ['past the horizon, by hours', 'horizon', { failed: '«20» < later.plays.map(p, p.at / hours(1)).min()' }],
  [
    'an example that comes out otherwise',
    'example',
    {
      examples:
        '\n  - «given: { unit: { duration_ms: 1m, end_reason: idle_timeout } }\n    expect: { label: achieved }»',
    },
    /label is/,
  ],
  [
    'an example with a field that is not',
    'example',
    { examples: '\n  - «given: { plays: [{ ms_playd: 1m }] }\n    expect: { label: unknown }»' },
    /did you mean ms_played/,
  ],
  [
    'an example that achieves and fails',
    'contradiction',
    {
      failed: 'late_touches >= 1',
      examples:
        '\n  - «given:\n      unit: { duration_ms: 16m, end_reason: sleep_timer }\n      plays: [{ times: 4, every: 4m, ms_played: 4m, skipped: false }]\n      actions: [{ at: 10m, action: like }]\n    expect: { label: failed }»',
    },
  ],
  ['a polarity that is contradicted', 'polarity', { polarity: '{ listened_ms: «down» }' }, /rises/],
  [
    'a polarity contradicted by the label',
    'polarity',
    { value: '0.5', polarity: '{ late_skips: «up» }' },
    /label goes/,
  ],
  ['free, but it counts', 'polarity', { polarity: '{ late_touches: «free» }' }],
  ['a polarity of what is not', 'name', { polarity: '{ «late_skip»: up }' }, /did you mean late_skips/],
  ['a value above 1', 'range', { value: '«listened_ms / minutes(30)»', polarity: null, examples: null }, /saturate/],
  ['a value below 0', 'range', { value: '«1.0 - 0.2 * late_touches»', polarity: null, examples: null }],
  [
    'weights that sum above 1',
    'range',
    {
      value: '«0.7 * saturate(listened_ms, minutes(30)) + 0.4 * saturate(plays.size(), 5)»',
      polarity: null,
      examples: null,
    },
  ],
  ['an effort below 0', 'range', { effort: '«3 - late_touches»' }],
];

describe('bad definitions', () => {
  it('are at least fifty', () => expect(BAD.length).toBeGreaterThanOrEqual(50));

  const cases = BAD.map(([what, rule, changes, says]) => ({ what, rule, changes, says }));
  it.each(cases)('$what: told at its place', ({ rule, changes, says }) => {
    const { text, line, column } = unmarked(definitionText(changes));
    const { definition, findings } = checkDefinition(text);
    const told = findings.filter(isError).map((finding) => [finding.rule, finding.from.line, finding.from.column]);
    expect(told, `${text}\n${findings.map(formatFinding).join('\n')}`).toContainEqual([rule, line, column]);
    expect(definition).toBeUndefined();
    if (says) expect(findings.map(({ message }) => message).join('\n')).toMatch(says);
  });

  it('given twice: both places are known, the second is told', () => {
    const { findings } = checkDefinition(`${definitionText()}\nversion: 4`);
    expect(findings.map(formatFinding)).toEqual([
      expect.stringMatching(/^\d+:1: error: "version" is given twice \[field\]$/),
    ]);
  });

  it.each(['name', 'version', 'question', 'unit', 'horizon', 'achieved', 'value'])(
    'without %s are refused',
    (field) => {
      const { findings } = checkDefinition(definitionText({ [field]: null }));
      const [first] = findings;
      expect([first?.rule, first?.from]).toEqual(['field', { line: 1, column: 1 }]);
      expect(first?.message).toContain(`missing: ${field} (`);
    },
  );

  it('that are no YAML are told so', () => {
    const { findings } = checkDefinition('name: [a\nversion: 1');
    expect(findings[0]?.rule).toBe('yaml');
  });

  it('with a type error, a read past the horizon and a tie at once: each is told at its place', () => {
    const text = definitionText({
      failed: "late_skips >= 'four'",
      effort: 'later.actions.filter(a, a.at <= hours(30)).size()',
    });
    const told = [...checkDefinition(text).findings, ...tiesOfText(text, standardDefinitions())];
    expect(told.filter(isError).map(({ rule, from }) => [rule, from.line, from.column])).toEqual([
      ['type', 11, 9],
      ['horizon', 17, 41],
      ['tie', 4, 6],
    ]);
  });

  it('do not repeat the error of a let in what rests on it', () => {
    const { findings } = checkDefinition(
      definitionText({ let: '\n  listened_ms: playz.size()\n  late_touches: 1\n  late_skips: 1' }),
    );
    expect(findings.filter(isError).map(({ rule }) => rule)).toEqual(['name']);
  });
});

/** What a careful person writes; none may be refused. */
const GOOD: readonly (readonly [what: string, changes: Readonly<Record<string, string | null>>])[] = [
  ['as it is', {}],
  ['without failed', { failed: null }],
  ['without effort', { effort: null }],
  ['without unknown', { unknown: null }],
  ['without polarity', { polarity: null }],
  ['without examples', { examples: null }],
  ['for everything', { for: null }],
  ['for several surfaces', { for: '{ surface: [playlist, album], device: [speaker, mobile] }' }],
  ['a quoted expression', { failed: '"late_skips >= 4"' }],
  ['single quotes doubled', { unknown: "'unit.end_reason == ''device_lost'''" }],
  ['a clause over lines', { failed: '>-\n  late_skips >= 4 ||\n  late_skips > 2 && late_touches > 9' }],
  ['a choice', { value: "'late_skips > 3 ? 0.0 : saturate(listened_ms, minutes(30))'", examples: null }],
  [
    'a share of known parts',
    { value: 'clamp(plays.map(p, p.ms_played / p.duration_ms).mean(), 0, 1)', polarity: null, examples: null },
  ],
  ['what may be missing, asked for', { effort: 'plays.filter(p, has(p.seeks) && p.seeks > 0).size()' }],
  ['later inside the horizon', { failed: 'later.plays.exists(p, p.at <= hours(12))' }],
  ['exactly the horizon', { failed: 'later.plays.exists(p, p.at <= hours(14) && p.skipped)', examples: null }],
  [
    'a deviation',
    { value: 'sigmoid(z(listened_ms, usual.units.map(u, u.listened_ms)))', polarity: null, examples: null },
  ],
  ['decay', { value: 'decay(late_touches, 2)', polarity: '{ late_touches: down }', examples: null }],
  ['distinct', { effort: 'plays.map(p, p.item_id).distinct().size()' }],
  ['nested macros', { effort: 'plays.filter(p, plays.exists(q, q.item_id == p.item_id && q.at < p.at)).size()' }],
  ['all', { failed: 'late_skips >= 4 || plays.size() > 5 && plays.all(p, p.skipped)' }],
  ['exists_one', { failed: 'late_skips >= 4 && !plays.exists_one(p, p.skipped)' }],
  ['tags', { unknown: ">-\n  'lullaby' in item.tags" }],
  ['intents', { value: "unit.intents['sleep'] * saturate(listened_ms, minutes(30))", polarity: null, examples: null }],
  [
    'free',
    {
      polarity: '{ listened_ms: up, late_skips: free }',
      failed: 'late_touches > 3',
      achieved: 'late_touches < 2',
      examples: null,
    },
  ],
  ['a longest gap', { effort: 'longest_gap(actions.map(a, a.at), 0, unit.duration_ms)' }],
  ['texts', { effort: "plays.filter(p, p.item_id.startsWith('episode:')).size()" }],
  ['functions before and behind', { effort: 'size(plays) + max(1, 2) + plays.map(p, p.at).max()' }],
  ['minus', { value: '1.0 - clamp(late_touches / 5.0, 0, 1)', polarity: '{ late_touches: down }', examples: null }],
  ['a comment', { failed: 'late_skips >= 4   # nobody sleeps then' }],
  ['a short horizon', { horizon: '90m', failed: 'later.actions.size() > 30' }],
  ['a journey', { unit: 'journey', horizon: '60d', failed: 'plays.map(p, p.day).distinct().size() < 1' }],
];

describe('good definitions', () => {
  it('are at least thirty', () => expect(GOOD.length).toBeGreaterThanOrEqual(30));

  it.each(GOOD)('%s: not refused', (_what, changes) => {
    const { definition, findings } = checkDefinition(definitionText(changes));
    expect(findings.filter(isError).map(formatFinding)).toEqual([]);
    expect(definition?.name).toBe('sleep_test');
  });
});

describe('a set of definitions', () => {
  const source = (name: string, cells: string | null, more: object = {}) => ({
    file: `${name}.yaml`,
    text: definitionText({ name, for: cells, ...more }),
  });
  const rules = (...sources: ReturnType<typeof source>[]) =>
    checkSet(sources).findings.filter(isError).map(formatFinding);

  it('must not tie: the later one is told at its for', () => {
    expect(rules(source('a', '{ surface: playlist }'), source('b', '{ intent: sleep }'))).toEqual([
      'b.yaml:4:6: error: b@3 and a@3 are equally specific for a session of surface playlist, intent sleep: narrow one of them, or name one more dimension in it [tie]',
    ]);
    expect(rules(source('a', null), source('b', null))[0]).toMatch(/^b.yaml:1:7: error: b@3 and a@3 are equally/);
  });

  it('do not tie when one lies inside the other, apart, or of another unit', () => {
    expect(rules(source('a', '{ surface: [playlist, album] }'), source('b', '{ surface: playlist }'))).toEqual([]);
    expect(rules(source('a', '{ surface: playlist }'), source('b', '{ surface: album }'))).toEqual([]);
    expect(rules(source('a', '{ surface: playlist }'), source('b', '{ surface: playlist }', { unit: 'list' }))).toEqual(
      [],
    );
    expect(rules(source('a', '{ surface: playlist }', { version: '1' }), source('a', '{ surface: playlist }'))).toEqual(
      [],
    );
  });

  it('has gaps: warnings, and errors when all must be covered', () => {
    const two = [
      source('a', '{ surface: playlist }'),
      source('b', '{ surface: album, intent: sleep, device: mobile }'),
    ];
    const gaps = checkSet(two).findings.filter(({ rule }) => rule === 'gap');
    expect(gaps.map(({ severity }) => severity)).not.toContain('error');
    expect(gaps.map(({ message }) => message)).toContain('no definition for radio: any intent');
    expect(checkSet(two, { complete: true }).findings.filter(isError).length).toBe(gaps.length);
    expect(checkSet([source('a', null)], { complete: true }).findings).toEqual([]);
  });
});
