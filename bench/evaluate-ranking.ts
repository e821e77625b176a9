/**
 * Time and peak memory of judging a run of 5 million lines on all measures of trec_eval, by the built command line, from
 * the start of the process to its end: build first. The run and 1 million judgments are made in a temporary folder.
 *
 * The peer is a C program that cannot be got from the package registry. Its numbers below were measured on a quiet
 * machine of the same kind, with a run and judgments of the same size: ratios hold for a quiet machine alone.
 *
 *   npx tsx --conditions=ritornello-source bench/evaluate-ranking.ts [--topics 5000] [--rounds 5] [--json]
 */

import { spawnSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { createRng, type Rng } from '#math';

const MAIN = join(import.meta.dirname, '../dist/cli/main.js');
const RETRIEVED = 1000;
const JUDGED = 200;
const DOCUMENTS = 1_000_000;
/** trec_eval 10.0 built with -O3, 5 M run lines, 1 M judgments, all_trec. */
const PEER = { name: 'trec_eval 10.0 -O3', topics: 5000, seconds: 7.3, peakMib: 438, measured: 'apart' } as const;

const documentName = (index: number): string => `doc-${String(index).padStart(7, '0')}`;

/** Documents of a topic: different from each other, scattered over the collection. */
const documentsOf = (topic: number, rng: Rng): ((place: number) => string) => {
  const first = rng.int(DOCUMENTS);
  // Coprime with the number of documents, so that no two of the first million places meet.
  return (place) => documentName((first + place * 700_001 + topic) % DOCUMENTS);
};

function* runLines(topics: number, rng: Rng): Generator<string> {
  for (let topic = 1; topic <= topics; topic++) {
    const document = documentsOf(topic, rng.derive(topic));
    const scores = rng.derive(topic, 'scores');
    let score = 20;
    const lines: string[] = [];
    for (let rank = 1; rank <= RETRIEVED; rank++) {
      score -= scores.next() * 0.02;
      lines.push(`${topic} Q0 ${document(rank)} ${rank} ${score.toFixed(6)} system\n`);
    }
    yield lines.join('');
  }
}

/** Three judged documents in four are among the first 450 ranks, the others were not retrieved; every third is relevant. */
function* judgmentLines(topics: number, rng: Rng): Generator<string> {
  for (let topic = 1; topic <= topics; topic++) {
    const document = documentsOf(topic, rng.derive(topic));
    const lines: string[] = [];
    for (let n = 1; n <= JUDGED; n++) {
      const place = n % 4 === 0 ? RETRIEVED + n : n * 3 - rng.int(3);
      lines.push(`${topic} 0 ${document(place)} ${n % 9 === 0 ? 2 : n % 3 === 0 ? 1 : 0}\n`);
    }
    yield lines.join('');
  }
}

const write = (path: string, lines: Iterable<string>): Promise<void> =>
  pipeline(Readable.from(lines), createWriteStream(path));

/** Tells the peak of the process on standard error when it ends. */
const TELL_PEAK = `data:text/javascript,process.on('exit',()=>process.stderr.write(String(process.resourceUsage().maxRSS)))`;

const measure = (qrels: string, run: string) => {
  const args = ['evaluate', 'ranking', '--qrels', qrels, '--run', run, '-m', 'all_trec'];
  const from = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', TELL_PEAK, MAIN, ...args], {
    encoding: 'utf8',
  });
  const seconds = (performance.now() - from) / 1000;
  if (status !== 0) throw new Error(`the evaluation ended with ${status}: ${stderr}`);
  return { seconds, peakMib: Number(stderr) / 1024, measures: stdout.trimEnd().split('\n').length };
};

const { values } = parseArgs({
  options: {
    topics: { type: 'string', default: String(PEER.topics) },
    rounds: { type: 'string', default: '5' },
    json: { type: 'boolean', default: false },
  },
});
const topics = Number(values.topics);
const folder = mkdtempSync(join(tmpdir(), 'ritornello-bench-ranking-'));
try {
  const [qrels, run] = [join(folder, 'qrels.txt'), join(folder, 'run.txt')];
  await write(run, runLines(topics, createRng('bench')));
  await write(qrels, judgmentLines(topics, createRng('bench')));
  const rounds = Array.from({ length: Number(values.rounds) }, () => measure(qrels, run));
  const times = rounds.map(({ seconds }) => seconds).sort((a, b) => a - b);
  const seconds = times[Math.floor(times.length / 2)] ?? Number.NaN;
  const peakMib = Math.max(...rounds.map((round) => round.peakMib));
  const result = {
    run_lines: topics * RETRIEVED,
    judgments: topics * JUDGED,
    measures: rounds[0]?.measures,
    median_seconds: Number(seconds.toFixed(2)),
    best_seconds: Number(times[0]?.toFixed(2)),
    peak_mib: Math.round(peakMib),
    peer: PEER,
    time_ratio: topics === PEER.topics ? Number((seconds / PEER.seconds).toFixed(2)) : null,
    memory_ratio: topics === PEER.topics ? Number((peakMib / PEER.peakMib).toFixed(2)) : null,
  };
  console.log(JSON.stringify(result, null, values.json ? 0 : 2));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
