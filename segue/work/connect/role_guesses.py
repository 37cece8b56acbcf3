"""The role that a position suggests, by words of several languages. A suggestion: the learner has the last word."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from segue.evidence.texts import folded
from segue.work.connect.contacts import EAST_ASIAN

# The first role that fits counts, so that what is narrow stands before what is wide.
_WORDS: Mapping[str, str] = {
    "legal-privacy": "privacy|datenschutz|data protection|legal|counsel|lawyer|attorney|jurist|juriste|compliance|responsible ai"
    "|ai governance|法務|プライバシー|protección de datos|rgpd",
    "designer": "ux|user research|user experience|designer|design lead|product design|デザイナー|diseñador|diseñadora|diseño"
    "|nutzerforschung|gestalter|デザイン",
    "security": "security|sicherheit|infosec|ciso|sécurité informatique|ciberseguridad|cybersécurité|セキュリティ"
    "|penetration tester",
    "support": "customer support|customer success|customer service|kundendienst|kundenservice|kundenbetreuung|service client"
    "|support client|atención al cliente|カスタマーサポート|カスタマーサクセス|support agent",
    "ai-pm": "ai product manager|ai product owner|ml product manager|product manager ai|product manager, ai"
    "|product manager machine learning|data product manager|ki-produktmanager|ki produktmanager"
    "|aiプロダクトマネージャー|product manager ia|chef de produit ia|ai/ml product|product manager - ai",
    "leader": "chief|cto|cpo|ceo|cdo|vp|vice president|head of|director|directeur|directrice|leiter|leiterin|bereichsleitung"
    "|geschäftsführer|geschäftsführerin|directora|jefe de|部長|取締役|責任者|founder|gründer|fondateur|fundador",
    "data-scientist": "data scientist|data science|datenwissenschaftler|datenwissenschaftlerin|datawissenschaftler"
    "|データサイエンティスト|scientifique de données|científico de datos|científica de datos|applied scientist"
    "|decision scientist|statistician|statistiker|データサイエンス",
    "data-engineer": "data engineer|dateningenieur|dateningenieurin|データエンジニア|ingénieur données|ingénieur data"
    "|ingénieure data|ingeniero de datos|ingeniera de datos|analytics engineer|data analyst|datenanalyst|datenanalystin"
    "|analyste de données|analista de datos|データアナリスト|data architect|business intelligence|bi developer"
    "|bi analyst",
    "researcher": "researcher|research scientist|forscher|forscherin|wissenschaftlicher mitarbeiter|chercheur|chercheuse"
    "|investigador|investigadora|研究員|研究者|リサーチャー|professor|phd student|doktorand|doktorandin|postdoc",
    "ml-engineer": "ml engineer|machine learning|mlops|ai engineer|deep learning|機械学習|aiエンジニア|software engineer"
    "|softwareentwickler|softwareentwicklerin|software developer|developer|développeur|développeuse"
    "|ingénieur logiciel|desarrollador|desarrolladora|ingeniero de software|エンジニア|backend engineer"
    "|platform engineer|devops|ki-ingenieur|programmierer|softwareingenieur",
    "business": "sales|vertrieb|account executive|account manager|marketing|ventes|ventas|営業|business development"
    "|マーケティング",
}


def _pattern(words: str) -> re.Pattern[str]:
    """Any of the words. Letters around a word make it another one, but Japanese is written without blanks."""
    folds = map(re.escape, folded(words).split("|"))
    return re.compile("|".join(word if EAST_ASIAN.search(word) else rf"(?<![^\W\d_]){word}(?![^\W\d_])" for word in folds))


_PATTERNS = tuple((role, _pattern(words)) for role, words in _WORDS.items())


@lru_cache(maxsize=4096)
def guessed_role(position: str) -> str:
    """The role of somebody with this position; empty where the words don't tell."""
    text = folded(position)
    return next((role for role, pattern in _PATTERNS if pattern.search(text)), "") if text else ""
