/** Questions and changes of the desk's settings. */
import { api, nothing } from "../api/index";
import * as answers from "./answers";

const enc = encodeURIComponent;
const with_ = (signal?: AbortSignal) => (signal ? { signal } : {});

export interface PersonSaid {
  name: string;
  role: string;
  active: boolean;
}

export interface ContactSaid {
  email: string | null;
  mobile: string | null;
}

export type NumberSaid = Omit<answers.ServiceNumber, "id" | "version">;

export type PlaceSaid = Omit<answers.PlaceRow, "id" | "version">;
export type AreaSaid = Omit<answers.AreaRow, "id" | "version">;

export type CategorySaid = Pick<
  answers.CategoryRow,
  "group" | "sv" | "en" | "protection" | "photos" | "active"
>;

export type LadderSaid = Pick<answers.LadderRow, "grace_min" | "repeat_min" | "steps">;

export const ask = {
  ladders: (signal?: AbortSignal) => api.get("/ladders", answers.ladders, with_(signal)),
  saveLadder: (kind: string, based_on: number | null, said: LadderSaid) =>
    api.put(`/ladders/${enc(kind)}`, { based_on, ...said }, nothing),
  giveBackLadder: (kind: string, based_on: number | null) =>
    api.post(`/ladders/${enc(kind)}/default`, { based_on }, nothing),
  categories: (signal?: AbortSignal) => api.get("/categories", answers.categories, with_(signal)),
  saveCategory: (id: string, based_on: number | null, said: CategorySaid) =>
    api.put(`/categories/${enc(id)}`, { based_on, ...said }, nothing),
  places: (signal?: AbortSignal) => api.get("/places", answers.placesAndAreas, with_(signal)),
  savePlace: (id: string, based_on: number | null, said: PlaceSaid) =>
    api.put(`/places/${enc(id)}`, { based_on, ...said }, nothing),
  saveArea: (id: string, based_on: number | null, said: AreaSaid) =>
    api.put(`/areas/${enc(id)}`, { based_on, ...said }, nothing),
  /** `based_on` null: only to see what would come of it. */
  takeIn: (text: string, based_on: number | null) =>
    api.post("/places/import", { based_on, text }, answers.imported),
  numbers: async (signal?: AbortSignal) =>
    (await api.get("/numbers", answers.serviceNumbers, with_(signal))).numbers,
  saveNumber: (id: string, based_on: number | null, said: NumberSaid) =>
    api.put(`/numbers/${enc(id)}`, { based_on, ...said }, nothing),
  people: async (signal?: AbortSignal) => (await api.get("/people", answers.people, with_(signal))).people,
  phones: async (signal?: AbortSignal) => (await api.get("/phones", answers.phones, with_(signal))).phones,
  /** `of`: people, places, … and an id. */
  history: async (of: string, id: string) =>
    (await api.get(`/${of}/${enc(id)}/history`, answers.edits)).edits,
  invite: (said: { username: string; name: string; role: string }) =>
    api.post("/people", said, answers.invited),
  inviteAgain: (id: string) => api.post(`/people/${enc(id)}/invitation`, {}, answers.invited),
  savePerson: (id: string, based_on: number | null, said: PersonSaid) =>
    api.put(`/people/${enc(id)}`, { based_on, ...said }, nothing),
  saveContact: (id: string, based_on: number | null, said: ContactSaid) =>
    api.put(`/people/${enc(id)}/contact`, { based_on, ...said }, nothing),
  revoke: (id: string) => api.post(`/phones/${enc(id)}/revoke`, {}, nothing),
};
