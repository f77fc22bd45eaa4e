/** The point from which distances are counted: chosen by the reader, kept while the app runs, sent nowhere. */
export interface Here {
  name: string;
  lat: number;
  lon: number;
}

class Chosen {
  place = $state.raw<Here | undefined>(undefined);
}

export const here = new Chosen();
