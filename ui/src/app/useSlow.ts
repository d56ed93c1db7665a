// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What was typed, once the typing pauses: the server is not asked at every key.
import { useEffect, useState } from 'react';

export function useSlow(text: string, wait = 200): string {
  const [slow, setSlow] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(text), wait);
    return () => clearTimeout(timer);
  }, [text, wait]);
  return slow;
}
