"""Invented tasks with invented documents, for a run of lm-evaluation-harness."""

RIVERS = [
    {"question": "Which river runs through Velden?", "choices": ["Ostra", "Lim", "Tarn", "Nyr"], "answer": 0},
    {"question": "Which river is the longest?  ", "choices": ["Nyr", "Ostra", "the Lower Tarn", "Lim"], "answer": 2},
    {"question": "Where does the Lim end?", "choices": ["in a lake", "in the sea", "in the Nyr", "nowhere"], "answer": 1},
    {"question": "Who mapped the \"Tarn\"?", "choices": ["Ada\\Bel", "Cy\tDo", "Ed", "Flo"], "answer": 3},
    {"question": "Is the Ostra deep?", "choices": ["yes", "no", "in spring", "in autumn"], "answer": 1},
]

CITIES = [
    {"question": "维尔登的邻城是哪一座？", "choices": ["南河城", "奥斯特拉", "林", "塔恩"], "answer": 1,
     "note": {"height": 12.5, "tiny": 1e-05, "huge": 1e16, "tags": ["山", "水"], "none": None, "empty": [], "ok": True}},
    {"question": "哪座城市没有桥？", "choices": ["塔恩𠀀", "林", "维尔登", "南河"], "answer": 0,
     "note": {"height": 0.1, "tiny": 3.0, "huge": -2.5, "tags": [], "none": None, "empty": [], "ok": False}},
    {"question": "市场在哪一天？", "choices": ["周一", "周二", "周三", "周日"], "answer": 2,
     "note": {"height": 100.0, "tiny": 0.30000000000000004, "huge": 123456789012345680.0, "tags": ["—"], "none": None, "empty": [], "ok": True}},
]

SUMS = [
    {"question": "Mira has 3 shells and finds 4. How many?", "answer": "3 + 4 = <<3+4=7>>7\n#### 7",
     "reply": " She has 7.\n#### 7"},
    {"question": "A crate holds 1,200 nails, half are bent. How many are straight?", "answer": "1200 / 2 = 600\n#### 600",
     "reply": " Half of 1,200 is 600.\n#### 600."},
    {"question": "Tom pays $5 and $7.50. How much?", "answer": "5 + 7.50 = 12.50\n#### 12.50", "reply": " It is $12.50"},
    {"question": "How many legs have 3 stools?", "answer": "3 * 3 = 9\n#### 9", "reply": " nine"},
    {"question": "What is 2 - 9?", "answer": "2 - 9 = -7\n#### -7", "reply": " 2 - 9 is -7\n#### -7 then"},
    {"question": "What is 10 / 4?", "answer": "10 / 4 = 2.5\n#### 2.5", "reply": "   "},
]

TRANSLATIONS = [
    {"en": "The red boat leaves at dawn.", "zh": "红船在黎明离开。", "reply": "The red boat is leaving at dawn."},
    {"en": "We don't sell \"old\" maps, sorry!", "zh": "我们不卖旧地图——抱歉！", "reply": "We do not sell \"old\" maps, sorry!"},
    {"en": "Room 12 costs 3,450.50 a month.", "zh": "12号房每月3,450.50元。", "reply": "Room 12 costs 3,450.50 per month."},
    {"en": "Snow fell on the mill.", "zh": "雪落在磨坊上。", "reply": "Snow fell on the old mill."},
]

DIARY = [
    {"page": "Monday. Rain; the mill stood still.\n\nNobody came."},
    {"page": " Tuesday was dry.\tWe ground 12 sacks. "},
    {"page": "星期三：风大，磨得很快。"},
]

LAST_WORDS = [
    {"text": "The miller closed the", "last": " gate"},
    {"text": "At night the wheel", "last": " turned"},
    {"text": "She counted the", "last": " sacks"},
    {"text": "Nobody heard the", "last": " bell"},
]

TRUTHS = [
    {"claim": "Snow is warm.", "true": 0}, {"claim": "Mills grind.", "true": 1},
    {"claim": "Boats fly.", "true": 0}, {"claim": "Rain is wet.", "true": 1},
    {"claim": "Dawn is late.", "true": 0}, {"claim": "Maps help.", "true": 1},
    {"claim": "Stools have legs.", "true": 1},
]

EXACT = {
    "metric": "exact_match", "aggregation": "mean", "higher_is_better": True, "ignore_case": True,
    "ignore_punctuation": False, "regexes_to_ignore": [",", "\\$", "(?s).*#### ", "\\.$"],
}


def metric(name, aggregation, higher=True):
    return {"metric": name, "aggregation": aggregation, "higher_is_better": higher}


CHOICE = {
    "output_type": "multiple_choice",
    "doc_to_text": "{{question.strip()}}\nA. {{choices[0]}}\nB. {{choices[1]}}\nC. {{choices[2]}}\nD. {{choices[3]}}\nAnswer:",
    "doc_to_choice": ["A", "B", "C", "D"],
    "doc_to_target": "answer",
}

TASKS = {
    "world_rivers": (RIVERS, {
        **CHOICE, "task_alias": "rivers", "doc_to_choice": "choices", "metadata": {"version": 1.0},
        "metric_list": [metric("acc", "mean"), metric("acc_norm", "mean"), metric("acc_bytes", "mean")]}),
    "world_cities": (CITIES, {
        **CHOICE, "task_alias": "cities", "description": "以下是关于城市的单项选择题。\n\n", "doc_to_choice": "choices",
        "metadata": {"version": 1.0},
        "metric_list": [metric("acc", "mean"), metric("acc_norm", "mean"), metric("acc_bytes", "mean")]}),
    "sums": (SUMS, {
        "output_type": "generate_until", "doc_to_text": "Question: {{question}}\nAnswer:", "doc_to_target": "{{answer}}",
        "metric_list": [EXACT],
        "generation_kwargs": {"until": ["Question:", "</s>"], "do_sample": False, "temperature": 0.0},
        "filter_list": [
            {"name": "strict-match", "filter": [
                {"function": "regex", "regex_pattern": "#### (\\-?[0-9\\.\\,]+)"}, {"function": "take_first"}]},
            {"name": "flexible-extract", "filter": [
                {"function": "regex", "group_select": -1, "regex_pattern": "(-?[$0-9.,]{2,})|(-?[0-9]+)"},
                {"function": "take_first"}]}],
        "metadata": {"version": 3.0}}),
    "translate": (TRANSLATIONS, {
        "output_type": "generate_until", "doc_to_text": "Chinese: {{zh}}\nEnglish:", "doc_to_target": "{{en}}",
        "generation_kwargs": {"until": ["\n"], "do_sample": False},
        "metric_list": [metric("bleu", "bleu"), metric("chrf", "chrf"), metric("chrf++", "chrf++")],
        "metadata": {"version": 1.0}}),
    "diary": (DIARY, {
        "output_type": "loglikelihood_rolling", "doc_to_text": "", "doc_to_target": "{{page}}",
        "metric_list": [metric("word_perplexity", "weighted_perplexity", False),
                        metric("byte_perplexity", "weighted_perplexity", False),
                        metric("bits_per_byte", "bits_per_byte", False)],
        "metadata": {"version": 2.0}}),
    "last_words": (LAST_WORDS, {
        "output_type": "loglikelihood", "doc_to_text": "{{text}}", "doc_to_target": "{{last}}",
        "metric_list": [metric("perplexity", "perplexity", False), metric("acc", "mean")],
        "metadata": {"version": 1.0}}),
    "truths": (TRUTHS, {
        "output_type": "multiple_choice", "doc_to_text": "{{claim}} True or false?", "doc_to_choice": ["no", "yes"],
        "doc_to_target": "true",
        "metric_list": [metric("acc", "mean"), metric("f1", "f1"), metric("mcc", "matthews_corrcoef"),
                        metric("exact_match", "mean")],
        "metadata": {"version": 1.0}}),
}

GROUPS = {
    "world": {
        "group_alias": "World", "task": ["world_rivers", "world_cities"],
        "aggregate_metric_list": [
            {"metric": "acc", "weight_by_size": True}, {"metric": "acc_norm", "weight_by_size": False}],
        "metadata": {"version": 2}},
    "everything": {
        "task": ["world", "truths"],
        "aggregate_metric_list": [{"metric": "acc", "weight_by_size": True, "filter_list": "none"}],
        "metadata": {"version": 1}},
}
