import { plot } from '@observablehq/plot';
import { useEffect, useRef } from 'react';
import styles from './figure.module.css';

type Options = NonNullable<Parameters<typeof plot>[0]>;

/** Less has no room between the margins; a chart that is being laid out is that narrow for a moment. */
const LEAST_PX = 120;

/** An Observable Plot, drawn again when its width or its data change. `label` is what is read out in its place. */
export const Plot = ({ label, options }: { label: string; options: (width: number) => Options }) => {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const draw = () => {
      const width = element.clientWidth;
      if (width < LEAST_PX) return;
      const svg = plot({ ...options(width), width });
      svg.setAttribute('aria-hidden', 'true');
      element.replaceChildren(svg);
    };
    const watch = new ResizeObserver(draw);
    watch.observe(element);
    return () => watch.disconnect();
  }, [options]);
  return <div ref={place} className={styles['drawing']} role="img" aria-label={label} />;
};
