/**
 * Makes the two small test collections in collections/, made up throughout: documents, topics, runs of four teams and two
 * assessors who slip now and then. The same bytes each time.
 *
 *   node scripts/make-collections.mjs [FOLDER]
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const target = process.argv[2] ?? fileURLToPath(new URL('../collections', import.meta.url));

const write = (name, lines) => {
  const path = join(target, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${lines.join('\n')}\n`);
};

/** As the formatter has it: lists on one line. */
const writeConfig = (folder, config) => {
  const text = JSON.stringify(config, null, 2);
  write(`${folder}/collection.json`, [
    text.replace(/\[\n([\s\S]*)\n {2}\]/, (_, list) => `[${list.trim().replace(/,\s+/g, ', ')}]`),
  ]);
};

/** A small generator (Park and Miller's), enough to scatter a few hundred made-up facts. */
const createRandom = (seed) => {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
};

const MOODS = ['calm', 'bright', 'dark', 'restless', 'tender', 'dry'];
const PLACES = ['harbour', 'forest', 'night train', 'kitchen', 'mountain hut', 'empty office'];
const SOUNDS = ['piano', 'field recordings', 'double bass', 'tape loops', 'brass', 'voices'];

const night = createRandom(11);
const pick = (random, list) => list[Math.floor(random() * list.length)];

const DOCUMENTS = Array.from({ length: 90 }, (_, n) => ({
  id: `track:${String(n + 1).padStart(2, '0')}`,
  mood: pick(night, MOODS),
  place: pick(night, PLACES),
  sound: pick(night, SOUNDS),
  popularity: night(),
}));

const TOPICS = Array.from({ length: 12 }, (_, n) => {
  const [mood, place, sound] = [MOODS[n % 6], PLACES[(n * 5 + 1) % 6], SOUNDS[(n * 7 + 2 + Math.floor(n / 6)) % 6]];
  return { id: `n${String(n + 1).padStart(2, '0')}`, mood, place, sound };
});

/** How many of the three wishes a track meets, the mood counting double when another one is met too. */
const truth = (topic, document) => {
  const met = [document.mood === topic.mood, document.place === topic.place, document.sound === topic.sound];
  const count = met.filter(Boolean).length;
  return count >= 2 ? (met[0] ? 3 : 2) : count;
};

/** What a team looks at: how much of the wish, of popularity, of nothing at all. */
const NIGHT_TEAMS = {
  'listeners/attentive': { wish: 1, popular: 0, noise: 0.5 },
  'listeners/hasty': { wish: 0.8, popular: 0.2, noise: 1.1 },
  'keepers/charts': { wish: 0, popular: 3, noise: 0.3 },
  'wanderers/shuffle': { wish: 0, popular: 0, noise: 1 },
  'newcomers/mood-only': { wish: 0.5, popular: 0, noise: 0.9 },
};

const nightRun = (name, { wish, popular, noise }, seed) => {
  const random = createRandom(seed);
  return TOPICS.flatMap((topic) =>
    DOCUMENTS.map((document) => ({
      document,
      score: (wish * truth(topic, document) + popular * document.popularity + noise * random()).toFixed(4),
    }))
      .sort((a, b) => b.score - a.score || (a.document.id < b.document.id ? 1 : -1))
      .slice(0, 30)
      .map(({ document, score }, n) => `${topic.id} Q0 ${document.id} ${n + 1} ${score} ${name.split('/')[1]}`),
  );
};

/** An assessor who is off by one level now and then. */
const slip = (level, random, rate) => {
  if (random() >= rate) return level;
  return Math.min(3, Math.max(0, level + (random() < 0.5 ? -1 : 1)));
};

const makeNight = () => {
  const folder = 'night-shelf';
  writeConfig(folder, {
    name: 'night-shelf',
    description: 'Which of 90 made-up tracks suit a wish for the night: a mood, a place, a sound.',
    kind: 'graded',
    depth: 12,
    level: 2,
    measures: ['ndcg_cut.10', 'map', 'P.10', 'judged.10'],
  });
  write(`${folder}/topics.tsv`, [
    '# id, title and description, parted by tabs',
    ...TOPICS.map(
      ({ id, mood, place, sound }) => `${id}\t${mood}, ${place}\tSomething ${mood} for a ${place}, best with ${sound}.`,
    ),
  ]);
  write(`${folder}/documents.tsv`, [
    '# id, title and text, parted by tabs',
    ...DOCUMENTS.map(
      ({ id, mood, place, sound }) =>
        `${id}\t${mood} ${place}\tA ${mood} piece that sounds like a ${place}, with ${sound}.`,
    ),
  ]);
  const runs = Object.entries(NIGHT_TEAMS).map(([name, traits], n) => [name, nightRun(name, traits, 100 + n)]);
  for (const [name, lines] of runs) write(`${folder}/runs/${name}.txt`, lines);
  const depth = 12;
  for (const [assessor, seed, rate, share] of [
    ['anna', 7, 0.06, 1],
    ['bo', 8, 0.12, 0.6],
  ]) {
    const random = createRandom(seed);
    const lines = TOPICS.flatMap((topic) => {
      const pooled = new Set(
        runs.flatMap(([, all]) =>
          all
            .map((line) => line.split(' '))
            .filter(([id]) => id === topic.id)
            .slice(0, depth)
            .map(([, , document]) => document),
        ),
      );
      return DOCUMENTS.filter(({ id }) => pooled.has(id)).flatMap((document) => {
        const level = slip(truth(topic, document), random, rate);
        return random() < share ? [`${topic.id} 0 ${document.id} ${level}`] : [];
      });
    });
    write(`${folder}/assessments/${assessor}.qrels`, lines);
  }
};

const time = (seconds) => `${Math.floor(seconds / 60)}.${String(seconds % 60).padStart(2, '0')}`;

const SUBJECTS = ['bees', 'bridges', 'salt', 'lullabies', 'maps', 'tides', 'bread', 'echoes'];

const makeParts = () => {
  const folder = 'spoken-parts';
  const random = createRandom(23);
  const episodes = Array.from({ length: 16 }, (_, n) => ({
    id: `episode:${String(n + 1).padStart(2, '0')}`,
    seconds: 1800,
  }));
  // Each subject is spoken of in three episodes, for one to four minutes.
  const passages = SUBJECTS.flatMap((subject, n) =>
    [0, 1, 2].map((k) => {
      const start = 60 + Math.floor(random() * 1400);
      return {
        subject,
        episode: episodes[(n * 2 + k * 5) % 16].id,
        start,
        end: start + 60 + Math.floor(random() * 180),
      };
    }),
  );
  const topics = SUBJECTS.map((subject, n) => ({ id: `s${n + 1}`, subject }));
  writeConfig(folder, {
    name: 'spoken-parts',
    description: 'Where in 16 made-up episodes of half an hour a subject is spoken of.',
    kind: 'interval',
    depth: 6,
    level: 1,
    measures: ['MAiP', 'iP[0.01]', 'MAgP(F0.25)', 'MAgP(BEP)'],
  });
  write(`${folder}/topics.tsv`, [
    '# id, title and description, parted by tabs',
    ...topics.map(({ id, subject }) => `${id}\t${subject}\tWhere is ${subject} spoken of, so that I can start there?`),
  ]);
  write(`${folder}/documents.tsv`, [
    '# id, title and text, parted by tabs',
    ...episodes.map(({ id }) => {
      const of = passages.filter(({ episode }) => episode === id).map(({ subject }) => subject);
      return `${id}\tEpisode ${id.slice(8)}\tHalf an hour about ${[...new Set(of)].join(', ') || 'this and that'}.`;
    }),
  ]);
  // A part is a passage that was moved and stretched, or somewhere else in an episode.
  const TEAMS = {
    'ears/close': { hit: 0.95, shift: 15, length: 1 },
    'ears/wide': { hit: 0.9, shift: 60, length: 2.5 },
    'minutes/fixed': { hit: 0.7, shift: 90, length: 1 },
    'whole/episodes': { hit: 0.8, shift: 0, length: 0 },
  };
  const runs = Object.entries(TEAMS).map(([name, { hit, shift, length }], n) => {
    const chance = createRandom(300 + n);
    const lines = topics.flatMap(({ id, subject }) => {
      const found = passages
        .filter((passage) => passage.subject === subject)
        .map((passage) => {
          const isFound = chance() < hit;
          const episode = isFound ? passage.episode : pick(chance, episodes).id;
          if (length === 0) return { episode, start: 0, end: 1800 };
          const middle = (passage.start + passage.end) / 2 + shift * (2 * chance() - 1);
          const half = ((passage.end - passage.start) / 2) * length;
          const start = Math.max(0, Math.round(isFound ? middle - half : chance() * 1500));
          return { episode, start, end: Math.min(1800, start + Math.round(2 * half)) };
        });
      const others = [0, 1, 2].map(() => {
        const start = length === 0 ? 0 : Math.floor(chance() * 1600);
        return { episode: pick(chance, episodes).id, start, end: length === 0 ? 1800 : start + 120 };
      });
      return [...found, ...others].map(
        ({ episode, start, end }, rank) =>
          `${id} Q0 ${episode} ${time(start)} ${time(end)} ${rank + 1} ${10 - rank} ${name.split('/')[1]}`,
      );
    });
    return [name, lines];
  });
  for (const [name, lines] of runs) write(`${folder}/runs/${name}.txt`, lines);
  for (const [assessor, seed] of [
    ['anna', 41],
    ['bo', 42],
  ]) {
    const hand = createRandom(seed);
    const wobble = () => Math.round(12 * (2 * hand() - 1));
    const lines = topics.flatMap(({ id, subject }) =>
      passages
        .filter((passage) => passage.subject === subject)
        .map(({ episode, start, end }) => `${id} Q0 ${episode} ${time(start + wobble())} ${time(end + wobble())} 1`),
    );
    write(`${folder}/assessments/${assessor}.qrels`, lines);
  }
};

makeNight();
makeParts();
