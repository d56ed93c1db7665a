// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// "Tide": cool greys, one teal for action. Colours that carry meaning live in styles/tokens.css.
import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

const tide: MantineColorsTuple = [
  '#eef7f8',
  '#d9ecee',
  '#b3d8dc',
  '#86c0c7',
  '#57a5af',
  '#338a96',
  '#1b727e',
  '#0f5c66',
  '#0b4850',
  '#08363c',
];
const slate: MantineColorsTuple = [
  '#f7f8f9',
  '#eef0f2',
  '#dfe3e7',
  '#c5ccd3',
  '#9aa5b0',
  '#6b7783',
  '#515c67',
  '#3b444d',
  '#262d34',
  '#171c21',
];
const night: MantineColorsTuple = [
  '#e8ecef',
  '#c9d1d8',
  '#aab4be',
  '#8593a0',
  '#343c44',
  '#2b333a',
  '#232a31',
  '#1c2227',
  '#14181c',
  '#0f1215',
];
const inter = "'Inter Variable', system-ui, sans-serif";

export const theme = createTheme({
  primaryColor: 'tide',
  primaryShade: { light: 7, dark: 6 },
  colors: { tide, gray: slate, dark: night },
  black: '#171c21',
  fontFamily: inter,
  headings: {
    fontFamily: inter,
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '2rem' },
      h2: { fontSize: '1.0625rem', lineHeight: '1.5rem' },
      h3: { fontSize: '1rem', lineHeight: '1.5rem' },
    },
  },
  defaultRadius: 8,
  autoContrast: true,
  luminanceThreshold: 0.3,
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { h: 44, fw: 600, fz: 'sm', px: 16 } },
    ActionIcon: { defaultProps: { size: 44, variant: 'subtle', color: 'gray' } },
    TextInput: { defaultProps: { size: 'md' } },
    Textarea: { defaultProps: { size: 'md' } },
    PasswordInput: { defaultProps: { size: 'md' } },
    NativeSelect: { defaultProps: { size: 'md' } },
    Modal: { defaultProps: { centered: true, radius: 12, closeButtonProps: { 'aria-label': 'Close', size: 44 } } },
    SegmentedControl: { defaultProps: { size: 'md', withItemsBorders: false } },
  },
});

export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: { '--mantine-color-body': '#f7f8f9', '--mantine-color-dimmed': '#515c67' },
  dark: { '--mantine-color-body': '#14181c', '--mantine-color-dimmed': '#aab4be' },
});
