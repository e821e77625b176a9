import { useId } from 'react';
import type { Profile } from '#api';
import { percent } from '../words.ts';
import { clockParts } from './clock-parts.ts';
import styles from './day-clock.module.css';

/** The listener's day as a clock: the further a part reaches out, the more is played then. */
export const DayClock = ({ dayparts }: { dayparts: Profile['dayparts'] }) => {
  const id = useId();
  const parts = clockParts(dayparts);
  const said = parts.map(({ word, share }) => `${word} ${percent(share)}`).join(', ');
  return (
    <div className={styles['clock']}>
      <svg viewBox="-60 -60 120 120" role="img" aria-labelledby={id}>
        <title id={id}>{said}</title>
        <circle r="46" className={styles['rim']} />
        <circle r="28" className={styles['rim']} />
        {parts.map(({ daypart, path, most }) => (
          <path key={daypart} d={path} className={most ? styles['most'] : styles['part']} />
        ))}
        {[0, 6, 12, 18].map((hour) => (
          <text
            key={hour}
            x={54 * Math.sin((hour / 12) * Math.PI)}
            y={-54 * Math.cos((hour / 12) * Math.PI)}
            className={styles['hour']}
          >
            {hour}
          </text>
        ))}
      </svg>
      <ul>
        {parts.map(({ daypart, word, share, hours }) => (
          <li key={daypart}>
            <strong>{percent(share)}</strong> {word} <span>{hours}</span>
          </li>
        ))}
      </ul>
    </div>
  );
};
