/** Which paths are the interface's, and which methods each takes: for 405, and for what the web may answer. */

import { ENDPOINTS } from '#api';

const RESERVED = /^\/(v1|health|metrics|docs|openapi\.json)(\/|$)/;

/** True for paths that the web application never answers. */
export const isInterfacePath = (path: string): boolean => RESERVED.test(path);

const methodsByShape = (): ReadonlyMap<RegExp, readonly string[]> => {
  const methods = new Map<string, string[]>();
  for (const { path, method } of Object.values(ENDPOINTS)) {
    const known = methods.get(path) ?? [];
    methods.set(path, known);
    known.push(method);
    if (method === 'GET') known.push('HEAD');
  }
  const shaped = [...methods].map(([path, list]) => {
    const shape = path.replaceAll('.', '\\.').replaceAll(/:\w+/g, '[^/]+');
    return [new RegExp(`^${shape}$`), list.sort()] as const;
  });
  return new Map(shaped);
};

const SHAPES = methodsByShape();

/** Methods that this path takes; empty when there is no such path. */
export const methodsOf = (path: string): readonly string[] => {
  for (const [shape, methods] of SHAPES) if (shape.test(path)) return methods;
  return [];
};
