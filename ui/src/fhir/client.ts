// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// A small typed client of the FHIR R4 API. It knows three things that fetch does not: a change carries the header that
// proves it comes from our own page, an update carries the version it started from, and an error is an OperationOutcome
// whose text can be shown to a person. It never retries a change by itself.
import { extensions, systems } from './canonical';

export type Resource = fhir4.FhirResource;
export type Stored<R> = R & { id: string };
type Query = Record<string, string | number | undefined>;

const base = '/fhir/R4';
const json = 'application/fhir+json';

/** The server's refusal, or status 0 when the server cannot be reached. `message` is fit to be shown. */
export class FhirError extends Error {
  constructor(
    readonly status: number,
    readonly outcome?: fhir4.OperationOutcome,
  ) {
    super(describe(status, outcome));
    this.name = 'FhirError';
  }
}

export function describe(status: number, outcome?: fhir4.OperationOutcome): string {
  const said = outcome?.issue
    ?.map((issue) => issue.diagnostics ?? issue.details?.text)
    .filter((text): text is string => Boolean(text));
  if (said?.length) return [...new Set(said)].join(' ');
  if (status === 0) return 'The server cannot be reached. Nothing was saved; try again in a moment.';
  if (status === 401) return 'You are signed out.';
  if (status === 403) return 'Your account may not do this.';
  if (status === 404 || status === 410) return 'This record is not there (any more).';
  if (status === 412) return 'Somebody else changed this meanwhile. Load it again.';
  if (status === 503) return 'The server is busy. Try again in a moment.';
  return `The server answered with an error (${status}).`;
}

let signedOut = () => {};
/** What to do when any request finds that nobody is signed in (any more). */
export function onSignedOut(then: () => void) {
  signedOut = then;
}

/** One request. The answer's body, or undefined where there is none; throws FhirError for every refusal. */
export async function request<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      credentials: 'same-origin',
      headers: {
        Accept: `${json}, application/json`,
        ...(body === undefined ? {} : { 'Content-Type': path.startsWith(base) ? json : 'application/json' }),
        ...(method === 'GET' ? {} : { 'X-Tripsis-Client': '1' }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw new FhirError(0);
  }
  const text = await response.text();
  let answer: unknown;
  try {
    answer = text ? JSON.parse(text) : undefined;
  } catch {
    answer = undefined;
  }
  if (response.ok) return answer as T;
  const outcome = (answer as Resource | undefined)?.resourceType === 'OperationOutcome' ? answer : undefined;
  if (response.status === 401 && !path.startsWith('/auth')) signedOut();
  throw new FhirError(response.status, outcome as fhir4.OperationOutcome | undefined);
}

const search = (query: Query) => {
  const used = Object.entries(query).filter((pair): pair is [string, string | number] => pair[1] !== undefined);
  return used.length ? `?${new URLSearchParams(used.map(([key, value]) => [key, String(value)]))}` : '';
};

export const fhir = {
  /** https://hl7.org/fhir/R4/http.html#read */
  read: <R extends Resource>(type: R['resourceType'], id: string) =>
    request<Stored<R>>('GET', `${base}/${type}/${encodeURIComponent(id)}`),

  /** https://hl7.org/fhir/R4/http.html#search — the matches of the first page. */
  search: async <R extends Resource>(type: R['resourceType'], query: Query) => {
    const bundle = await request<fhir4.Bundle>('GET', `${base}/${type}${search(query)}`);
    return (bundle.entry ?? [])
      .filter((entry) => entry.resource?.resourceType === type && entry.search?.mode !== 'include')
      .map((entry) => entry.resource as Stored<R>);
  },

  /** One of our read operations, such as `$day` or `Patient/1/$chart`. */
  operation: <T>(path: string, query: Query = {}) => request<T>('GET', `${base}/${path}${search(query)}`),

  /** One of our operations that takes Parameters, such as `Patient/$match`. */
  perform: <T>(path: string, parameters: fhir4.Parameters) => request<T>('POST', `${base}/${path}`, parameters),

  /** https://hl7.org/fhir/R4/http.html#create */
  create: <R extends Resource>(resource: R) =>
    request<Stored<R>>('POST', `${base}/${resource.resourceType}`, resource, { Prefer: 'return=representation' }),

  /** https://hl7.org/fhir/R4/http.html#concurrency — refused with 412 when somebody else was faster. */
  update: <R extends Resource>(resource: Stored<R>) =>
    request<Stored<R>>(
      'PUT',
      `${base}/${resource.resourceType}/${resource.id}`,
      withoutComputed(resource),
      resource.meta?.versionId ? { 'If-Match': etag(resource.meta.versionId) } : {},
    ),

  /** https://hl7.org/fhir/R4/http.html#transaction — all of it or nothing. */
  transaction: (bundle: fhir4.Bundle) => request<fhir4.Bundle>('POST', base, bundle),
};

/** The resource without what the server adds when it answers: version, time, and what `$day` computes. */
export function withoutComputed<R extends Resource>(resource: R): R {
  const { versionId: _, lastUpdated: __, tag, ...kept } = resource.meta ?? {};
  const tags = tag?.filter((t) => t.system !== systems.screening && t.system !== systems.attention);
  const meta: fhir4.Meta = { ...kept, ...(tags?.length ? { tag: tags } : {}) };
  const { meta: ___, extension, ...rest } = resource as R & { extension?: fhir4.Extension[] };
  const stored = extension?.filter((e) => e.url !== extensions.visitNumber);
  return {
    ...rest,
    ...(Object.keys(meta).length ? { meta } : {}),
    ...(stored?.length ? { extension: stored } : {}),
  } as R;
}

export const etag = (version: string) => `W/"${version}"`;
