import { IconButton } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { clock } from '../../words.ts';
import { type Current, isSimulated, lengthOf, type PlayerState, SPEEDS } from './player.ts';
import { usePlayer } from './player-context.tsx';
import styles from './transport.module.css';

export const PlayPause = ({ playing, large = false }: { playing: boolean; large?: boolean }) => {
  const player = usePlayer();
  return (
    <button
      type="button"
      className={`${styles['main']} ${large ? styles['large'] : ''}`}
      aria-label={playing ? 'Pause' : 'Play'}
      onClick={player.toggle}
    >
      <Icon name={playing ? 'pause' : 'play'} size={large ? 28 : 22} />
    </button>
  );
};

export const Skip = () => {
  const player = usePlayer();
  return <IconButton icon="skip" label="Skip to the next" size={22} onClick={() => void player.skip()} />;
};

/** Where in the track we are; can be dragged, and moved by the arrow keys. */
export const Position = ({ current }: { current: Current }) => {
  const player = usePlayer();
  const length = lengthOf(current);
  const known = current.lengthMs !== null;
  return (
    <div className={styles['position']}>
      <span>{clock(current.positionMs)}</span>
      <input
        type="range"
        min={0}
        max={length}
        step={5000}
        value={Math.min(current.positionMs, length)}
        aria-label="Position"
        aria-valuetext={`${clock(current.positionMs)} of ${clock(length)}`}
        style={{ '--done': `${(current.positionMs / length) * 100}%` } as React.CSSProperties}
        onChange={({ currentTarget }) => player.seek(Number(currentTarget.value))}
      />
      <span title={known ? undefined : 'The length is not known; the clock assumes this one.'}>
        {known ? clock(length) : `~${clock(length)}`}
      </span>
    </div>
  );
};

/** Says that nothing sounds, and how fast the clock runs instead. */
export const Simulated = ({ state, current }: { state: PlayerState; current: Current }) => {
  const player = usePlayer();
  if (!isSimulated(current.item)) return null;
  return (
    <fieldset className={styles['simulated']}>
      <legend title="This item has no audio here. A clock runs instead, and the play is recorded as simulated.">
        Simulated playback
      </legend>
      {SPEEDS.map((speed) => (
        <button
          key={speed}
          type="button"
          aria-pressed={state.speed === speed}
          aria-label={`${speed} times as fast`}
          onClick={() => player.setSpeed(speed)}
        >
          {speed}×
        </button>
      ))}
    </fieldset>
  );
};
