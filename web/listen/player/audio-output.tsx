import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { audioQuery } from '../../queries.ts';
import type { Current } from './player.ts';
import { usePlayer, usePlayerState } from './player-context.tsx';

/** The sound of what plays, if it has any. */
export const AudioOutput = () => {
  const { current, playing } = usePlayerState();
  const url = current?.item.audio_url ?? null;
  const { data: source } = useQuery(audioQuery(url));
  if (current === null || url === null || !source) return null;
  return <Sound key={current.startedAt + current.item.item_id} current={current} url={source} playing={playing} />;
};

/** Position and end come from the sound itself. */
const Sound = ({ current, url, playing }: { current: Current; url: string; playing: boolean }) => {
  const player = usePlayer();
  const audio = useRef<HTMLAudioElement>(null);
  const heardTo = useRef(0);
  const { seeks } = current;
  useEffect(() => {
    const element = audio.current;
    if (element === null) return;
    if (playing) element.play().catch(() => player.toggle());
    else element.pause();
  }, [playing, player]);
  useEffect(() => {
    const element = audio.current;
    const position = player.state().current?.positionMs;
    if (seeks === 0 || element === null || position === undefined) return;
    element.currentTime = position / 1000;
    heardTo.current = position / 1000;
  }, [seeks, player]);
  return (
    // biome-ignore lint/a11y/useMediaCaption: music has no captions, and none are known of a podcast.
    <audio
      ref={audio}
      src={url}
      preload="auto"
      onLoadedMetadata={({ currentTarget }) => {
        if (Number.isFinite(currentTarget.duration)) player.learnLength(Math.round(currentTarget.duration * 1000));
      }}
      onTimeUpdate={({ currentTarget }) => {
        player.advance(Math.max(0, currentTarget.currentTime - heardTo.current) * 1000);
        heardTo.current = currentTarget.currentTime;
      }}
      onEnded={() => void player.finish()}
      onError={() => void player.fail()}
    />
  );
};
