// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A picture from the camera or the gallery, scaled down in the browser: a form holds what can be read, not what a sensor saw.
import { Button } from '@mantine/core';
import { IconCamera, IconTrash } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import u from '../styles/u.module.css';
import css from './forms.module.css';
import type { ControlProps } from './Question';

const longest = 1600;

async function scaled(file: File): Promise<fhir4.Attachment> {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext('2d')!.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const data = canvas.toDataURL('image/jpeg', 0.85).split(',')[1]!;
  return { contentType: 'image/jpeg', data, title: 'Picture', size: Math.floor((data.length * 3) / 4) };
}

export function Photo({ answers, onAnswer, labelId, describedBy }: ControlProps) {
  const field = useRef<HTMLInputElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const [problem, setProblem] = useState('');
  const given = answers[0]?.valueAttachment;
  const take = async (file?: File) => {
    if (!file) return;
    setProblem('');
    try {
      onAnswer([{ valueAttachment: await scaled(file) }]);
    } catch {
      setProblem('This file is not a picture that can be read here. Choose a photo.');
    }
  };
  return (
    <div className={css.many}>
      {given && (
        <img
          className={css.photo}
          src={`data:${given.contentType};base64,${given.data}`}
          alt={given.title ?? 'Picture'}
        />
      )}
      <div className={u.row}>
        <Button
          ref={button}
          variant="default"
          leftSection={<IconCamera size={18} />}
          aria-describedby={`${labelId} ${describedBy ?? ''}`.trim()}
          onClick={() => field.current?.click()}
        >
          {given ? 'Another picture' : 'Take or choose a picture'}
        </Button>
        {given && (
          <button
            type="button"
            className={u.plainlink}
            onClick={() => {
              onAnswer([]);
              button.current?.focus();
            }}
          >
            <IconTrash size={18} aria-hidden /> Remove
          </button>
        )}
      </div>
      <input
        ref={field}
        type="file"
        accept="image/*"
        hidden
        onChange={(event) => void take(event.currentTarget.files?.[0])}
      />
      {problem && (
        <p className={css.problem} role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
