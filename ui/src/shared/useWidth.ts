// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The element's width in CSS pixels, so that text inside an SVG keeps its true size.
import { useEffect, useRef, useState } from 'react';

export function useWidth<E extends Element>(start = 600) {
  const ref = useRef<E>(null);
  const [width, setWidth] = useState(start);
  useEffect(() => {
    const watch = new ResizeObserver(([entry]) => setWidth(Math.round(entry!.contentRect.width) || start));
    if (ref.current) watch.observe(ref.current);
    return () => watch.disconnect();
  }, [start]);
  return [ref, width] as const;
}
